// Documents with what each method ranks for them; hits and misses are marked by sign, word and colour.
(() => {
  const { rows, k } = report.documents;
  const [search, order, filter] = ['document-search', 'document-order', 'document-filter'].map(byId);
  const hitsOf = (row, ranking) => ranking.labels.slice(0, k).filter((label) => row.truth.includes(label)).length;
  const folded = rows.map((row) => fold([row.id, row.title, row.text, ...row.truth.map(nameOf), ...row.methods.flatMap((ranking) => ranking.labels.map(nameOf))].filter(Boolean).join(' ')));

  function ranking(row, method, index) {
    const list = make('ol', 'ranking');
    method.labels.forEach((label, place) => {
      const hit = row.truth.includes(label);
      const item = make('li', [hit ? 'hit' : 'miss', place === k - 1 && method.labels.length > k ? 'cut' : ''].filter(Boolean).join(' '));
      const mark = make('span', 'mark-text', hit ? '✓' : '✗');
      mark.setAttribute('aria-hidden', 'true');
      const name = make('span', '', unseen(hit ? 'hit: ' : 'miss: '), nameNode(label));
      item.append(mark, name, make('span', 'score', method.scores[place].toPrecision(3)));
      list.append(item);
    });
    const title = make('h4', '', make('bdi', '', report.methods[index].name), `: ${hitsOf(row, method)} of ${row.truth.length} in the first ${k}, nDCG ${percent(method.ndcg)}`);
    return make('div', '', title, list);
  }

  function chips(items) { return make('ul', 'chips', ...items.map((item) => make('li', '', item))); }

  // The beginning, and the rest on demand.
  function excerpt(text) {
    const shown = 400;
    const body = make('bdi', '', text);
    const element = make('div', 'excerpt', body);
    if (text.length <= shown + 100) return element;
    const start = `${text.slice(0, shown).replace(/\s+\S*$/, '')} …`;
    const button = make('button', '', '');
    button.type = 'button';
    const open = (all) => {
      body.textContent = all ? text : start;
      button.textContent = all ? 'Show the beginning alone' : 'Show the whole text';
      button.setAttribute('aria-expanded', String(all));
    };
    button.addEventListener('click', () => open(button.getAttribute('aria-expanded') !== 'true'));
    open(false);
    return make('div', '', element, button);
  }

  function card(row) {
    const element = make('article', 'document');
    element.append(make('h3', '', make('bdi', '', row.title || `Document ${row.point}`)));
    element.append(make('span', 'id', `test document ${row.point}${row.id ? `, ${row.id}` : ''}`));
    if (row.text) {
      element.append(excerpt(row.text));
    } else if (row.features.length) {
      element.append(make('h4', '', 'Largest features'), chips(row.features.map((feature) => `${feature.name} ${feature.value.toPrecision(2)}`)));
    }
    element.append(make('h4', '', 'True labels'), chips(row.truth.map(nameNode)));
    element.append(make('div', 'rankings', ...row.methods.map((method, index) => ranking(row, method, index))));
    return element;
  }

  const show = pager(byId('document-pager'), 10,
    (shown) => byId('document-list').replaceChildren(...shown.map(card)),
    (first, last, total) => { byId('document-status').textContent = total ? `Documents ${first + 1} to ${last} of ${total}` : 'No document fits.'; });

  function update() {
    const wanted = fold(search.value.trim());
    const found = [];
    rows.forEach((row, index) => {
      const anyHit = row.methods.some((method) => hitsOf(row, method) > 0);
      if ((!wanted || folded[index].includes(wanted)) && (filter.value === 'all' || anyHit === (filter.value === 'some'))) found.push(row);
    });
    // The data is in the order of all methods together; sorting is stable.
    if (order.value !== '') found.sort((a, b) => a.methods[Number(order.value)].ndcg - b.methods[Number(order.value)].ndcg);
    show(found);
  }

  search.addEventListener('input', later(update));
  for (const select of [order, filter]) select.addEventListener('change', update);
  byId('document-controls').addEventListener('submit', (event) => event.preventDefault());
  byId('document-controls').hidden = false;
  update();
})();
