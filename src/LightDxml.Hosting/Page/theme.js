// Without a choice the page follows the system; the choice is kept where the browser allows it.
(() => {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches);
  try {
    const kept = localStorage.getItem('lightdxml-theme');
    if (kept === 'dark' || kept === 'light') root.dataset.theme = kept;
  } catch { /* no storage, no memory */ }
  addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('theme');
    const name = () => { button.textContent = isDark() ? 'Light theme' : 'Dark theme'; };
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      try { localStorage.setItem('lightdxml-theme', root.dataset.theme); } catch { /* no storage, no memory */ }
      name();
    });
    system.addEventListener('change', name);
    name();
  });
})();
