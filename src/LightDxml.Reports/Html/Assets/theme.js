// Without a choice the page follows the system; the choice is kept where the browser allows it.
(() => {
  const button = byId('theme');
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches);
  const label = () => { button.textContent = isDark() ? 'Light theme' : 'Dark theme'; };
  try {
    const kept = localStorage.getItem('lightdxml-theme');
    if (kept === 'dark' || kept === 'light') root.dataset.theme = kept;
  } catch { /* no storage, no memory */ }
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    try { localStorage.setItem('lightdxml-theme', root.dataset.theme); } catch { /* no storage, no memory */ }
    label();
  });
  system.addEventListener('change', label);
  button.hidden = false;
  label();
})();
