// Two methods at a time.
(() => {
  const select = byId('pair');
  if (!select) return;
  const show = () => { for (const pair of document.querySelectorAll('.pair')) pair.hidden = pair.dataset.pair !== select.value; };
  select.addEventListener('change', show);
  select.closest('.controls').hidden = false;
  show();
})();
