const longestName = 160;
const nameOf = (label) => (report.labelNames[label] ? report.labelNames[label].name : `label ${label}`);
const idOf = (label) => (report.labelNames[label] && report.labelNames[label].id) || null;

// Isolated from the text around it; a name of a page's length opens on a click.
function nameNode(label) {
  const name = nameOf(label);
  if (name.length <= longestName) return make('bdi', '', name);
  const start = name.slice(0, longestName).replace(/[\uD800-\uDBFF]$/, '');
  return make('details', 'long', make('summary', '', make('bdi', '', `${start}…`)), make('bdi', '', name));
}

// For searching: without case and accents.
const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
