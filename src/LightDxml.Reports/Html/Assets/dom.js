const report = JSON.parse(document.getElementById('report-data').textContent);
const byId = (id) => document.getElementById(id);
const percent = (share) => (100 * share).toFixed(2);
const count = (number) => number.toLocaleString('en-US');

// Text only ever enters the page as text nodes: names cannot become markup.
function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

function unseen(text) { return make('span', 'unseen', text); }
