// The table of labels: search, filters, sorting and pages over the rows in the data.
(() => {
  const rows = report.labels.rows;
  const mostParents = 3;
  const methods = report.methods;
  const [search, method, bin, filter] = ['label-search', 'label-method', 'label-bin', 'label-filter'].map(byId);
  const table = byId('label-table');
  const folded = rows.map((row) => fold([nameOf(row.label), idOf(row.label), row.label, ...parentsOf(row.label)].join(' ')));
  let sorting = { key: 'train', down: true };

  const chosen = () => Number(method.value);
  const ratio = (part, whole) => (whole > 0 ? part / whole : 0);
  const precision = (cell) => ratio(cell.hits, cell.predicted);
  const recall = (row, cell) => ratio(cell.hits, row.test);
  const f1 = (row, cell) => ratio(2 * cell.hits, cell.predicted + row.test);
  const cellOf = (row) => row.methods[chosen()];

  // Metrics without anything to measure are shown as a dash.
  const columns = () => [
    { key: 'name', title: 'label', value: (row) => nameOf(row.label) },
    ...(report.data.hasDepths ? [{ key: 'depth', title: 'depth', value: (row) => row.depth ?? -1, text: (row) => row.depth ?? '–' }] : []),
    { key: 'train', title: 'in training', value: (row) => row.train, text: (row) => count(row.train) },
    { key: 'test', title: 'in test', value: (row) => row.test, text: (row) => count(row.test) },
    { key: 'predicted', title: 'predicted', value: (row) => cellOf(row).predicted, text: (row) => count(cellOf(row).predicted) },
    { key: 'hits', title: 'rightly', value: (row) => cellOf(row).hits, text: (row) => count(cellOf(row).hits) },
    { key: 'precision', title: 'precision', value: (row) => precision(cellOf(row)), text: (row) => (cellOf(row).predicted ? percent(precision(cellOf(row))) : '–') },
    { key: 'recall', title: 'recall', value: (row) => recall(row, cellOf(row)), text: (row) => (row.test ? percent(recall(row, cellOf(row))) : '–') },
    { key: 'f1', title: 'F1', value: (row) => f1(row, cellOf(row)), text: (row) => percent(f1(row, cellOf(row))) },
    ...methods.map((other, index) => ({ key: `f1-${index}`, index, title: `F1 ${other.name.slice(0, 60)}`, value: (row) => f1(row, row.methods[index]), text: (row) => percent(f1(row, row.methods[index])) }))
      .filter((column) => column.index !== chosen()),
    { key: 'confusions', title: 'confused with', value: (row) => (cellOf(row).confusions[0] ? cellOf(row).confusions[0].points : 0) },
  ];

  const filters = {
    all: () => true,
    missed: (row) => row.test > 0 && cellOf(row).hits === 0,
    unpredicted: (row) => row.test > 0 && cellOf(row).predicted === 0,
    perfect: (row) => row.test > 0 && cellOf(row).hits === row.test,
    wrong: (row) => cellOf(row).predicted > 0 && cellOf(row).hits === 0,
  };

  function header() {
    const row = make('tr', '');
    for (const column of columns()) {
      const button = make('button', '', make('bdi', '', column.title));
      const cell = make('th', column.key === 'name' ? 'text name' : column.key === 'confusions' ? 'other' : 'number', button);
      cell.scope = 'col';
      button.type = 'button';
      button.dataset.key = column.key;
      if (sorting.key === column.key) {
        cell.setAttribute('aria-sort', sorting.down ? 'descending' : 'ascending');
        button.append(sorting.down ? ' ▾' : ' ▴');
      }
      row.append(cell);
    }
    table.tHead.replaceChildren(row);
  }

  function line(row) {
    const element = make('tr', '');
    for (const column of columns()) {
      if (column.key === 'name') {
        const cell = make('th', 'text name', nameNode(row.label));
        cell.scope = 'row';
        const [id, parents] = [idOf(row.label), parentsOf(row.label)];
        const above = parents.length ? ['under ', ...parents.slice(0, mostParents).flatMap((parent, index) => [index > 0 ? ', ' : '', make('bdi', '', shorten(parent, 60))]), parents.length > mostParents ? ` and ${parents.length - mostParents} more` : ''] : [];
        if (id || parents.length) cell.append(make('span', 'id', id || '', id && parents.length ? ', ' : '', ...above));
        element.append(cell);
      } else if (column.key === 'confusions') {
        const cell = make('td', 'other');
        cellOf(row).confusions.forEach((confusion, index) => {
          if (index > 0) cell.append(', ');
          cell.append(nameNode(confusion.label), ` ×${confusion.points}`);
        });
        element.append(cell);
      } else {
        element.append(make('td', 'number', String(column.text(row))));
      }
    }
    return element;
  }

  const show = pager(byId('label-pager'), 50,
    (shown) => table.tBodies[0].replaceChildren(...shown.map(line)),
    (first, last, total) => { byId('label-status').textContent = total ? `Labels ${count(first + 1)} to ${count(last)} of ${count(total)}` : 'No label fits.'; });

  function update() {
    const wanted = fold(search.value.trim());
    const keep = filters[filter.value];
    const found = [];
    rows.forEach((row, index) => {
      if ((!wanted || folded[index].includes(wanted)) && (!bin.value || row.bin === Number(bin.value)) && keep(row)) found.push(row);
    });
    const { value } = columns().find((column) => column.key === sorting.key) || columns()[0];
    const values = new Map(found.map((row) => [row, value(row)]));
    const sign = sorting.down ? -1 : 1;
    found.sort((a, b) => {
      const [x, y] = [values.get(a), values.get(b)];
      return sign * (typeof x === 'string' ? x.localeCompare(y) : x - y) || a.label - b.label;
    });
    header();
    show(found);
  }

  table.tHead.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    const { key } = button.dataset;
    sorting = { key, down: sorting.key === key ? !sorting.down : key !== 'name' };
    update();
    table.tHead.querySelector(`button[data-key="${key}"]`).focus();
  });
  search.addEventListener('input', later(update));
  for (const select of [method, bin, filter]) select.addEventListener('change', update);
  byId('label-controls').addEventListener('submit', (event) => event.preventDefault());
  byId('label-controls').hidden = false;
  update();
})();
