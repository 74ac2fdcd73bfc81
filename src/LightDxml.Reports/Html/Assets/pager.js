// Shows a page of a list at a time; `show(items)` draws one page, `say(first, last, total)` puts it in words.
function pager(element, size, show, say) {
  let items = [];
  let page = 0;
  const back = make('button', '', 'Previous');
  const next = make('button', '', 'Next');
  const place = make('span', '');
  back.type = next.type = 'button';
  element.append(back, place, next);
  const draw = () => {
    const pages = Math.max(1, Math.ceil(items.length / size));
    const first = page * size;
    const shown = items.slice(first, first + size);
    show(shown);
    say(first, first + shown.length, items.length);
    place.textContent = `page ${page + 1} of ${pages}`;
    back.disabled = page === 0;
    next.disabled = page >= pages - 1;
    element.hidden = pages === 1;
  };
  const turn = (by) => { page += by; draw(); element.closest('section').scrollIntoView({ block: 'start' }); };
  back.addEventListener('click', () => turn(-1));
  next.addEventListener('click', () => turn(1));
  return (list) => { items = list; page = 0; draw(); };
}

// Runs once typing has paused.
function later(action) {
  let timer = 0;
  return () => { clearTimeout(timer); timer = setTimeout(action, 120); };
}
