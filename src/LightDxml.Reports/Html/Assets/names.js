const longestName = 160;
const nameOf = (label) => (report.labelNames[label] ? report.labelNames[label].name : `label ${label}`);
const idOf = (label) => (report.labelNames[label] && report.labelNames[label].id) || null;
const parentsOf = (label) => (report.labelNames[label] ? report.labelNames[label].parents : []);

// Never between the two halves of a character.
const shorten = (name, length) => (name.length <= length ? name : `${name.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')}…`);

// Isolated from the text around it; a name of a page's length opens on a click.
function nameNode(label) {
  const name = nameOf(label);
  if (name.length <= longestName) return make('bdi', '', name);
  return make('details', 'long', make('summary', '', make('bdi', '', shorten(name, longestName))), make('bdi', '', name));
}

// For searching: without case and accents.
const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
