namespace LightDxml.Reports.Tests;

/// <summary>Looks over an open page for what shuts people out; answers with one line a fault.</summary>
internal static class AccessibilityScript
{
    public const string Text = """
        () => {
          const faults = [];
          const seen = (element) => element.offsetParent !== null || element.closest('svg');

          // Headings go down one level at a time, and there is one h1.
          let level = 0;
          for (const heading of document.querySelectorAll('h1, h2, h3, h4')) {
            const here = Number(heading.tagName[1]);
            if (here > level + 1) faults.push(`h${here} after h${level}: ${heading.textContent}`);
            level = here;
          }
          if (document.querySelectorAll('h1').length !== 1) faults.push('not one h1');

          // Plots and controls have names, ids are unique, links lead somewhere.
          for (const plot of document.querySelectorAll('svg[role=img]'))
            for (const id of plot.getAttribute('aria-labelledby').split(' '))
              if (!document.getElementById(id)?.textContent) faults.push(`plot without ${id}`);
          for (const svg of document.querySelectorAll('svg:not([role=img])'))
            if (svg.getAttribute('aria-hidden') !== 'true') faults.push('svg neither named nor hidden');
          for (const control of document.querySelectorAll('button, select, input'))
            if (!(control.textContent.trim() || control.labels?.[0]?.textContent)) faults.push(`control without a name: ${control.id}`);
          const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
          for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`id ${id} twice`);
          for (const link of document.querySelectorAll('a')) if (!document.querySelector(link.getAttribute('href'))) faults.push(`dead link ${link.getAttribute('href')}`);
          for (const region of document.querySelectorAll('.scroll')) if (region.tabIndex !== 0 || !region.ariaLabel) faults.push('scrolling region without keyboard or name');

          // Text has a contrast of 4.5 to what is behind it (WCAG AA).
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const colour = (css) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = css; canvas.fillRect(0, 0, 1, 1); return canvas.getImageData(0, 0, 1, 1).data; };
          const luminance = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = (element) => {
            for (let at = element; at; at = at.parentElement) {
              const back = colour(getComputedStyle(at).backgroundColor);
              if (back[3] === 255) return back;
            }
            return [255, 255, 255];
          };
          const told = new Set();
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (!walker.currentNode.data.trim() || !seen(element) || element.closest('script, style, title, desc, .unseen, .skip, option, :disabled')) continue;
            const style = getComputedStyle(element);
            const [x, y] = [luminance(colour(element.closest('svg') ? style.fill : style.color)), luminance(behind(element))];
            const contrast = (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
            const fault = `contrast ${contrast.toFixed(2)} of ${element.tagName}.${element.getAttribute('class')}`;
            if (contrast < 4.5 && !told.has(fault)) { told.add(fault); faults.push(fault); }
          }
          return faults;
        }
        """;
}
