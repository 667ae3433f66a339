/** The only script of a report page: search, the filter of what needs a look, and everything open on paper. Without it the page is whole. */
export const PAGE_SCRIPT = `
const rows = [...document.querySelectorAll('details.row')], files = [...document.querySelectorAll('.file')];
const search = document.getElementById('search'), look = document.getElementById('look'), found = document.getElementById('found');
const texts = rows.map((row) => row.textContent.toLowerCase());
function show() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let count = 0;
  rows.forEach((row, at) => {
    row.hidden = (look.checked && !row.hasAttribute('data-look')) || !words.every((word) => texts[at].includes(word));
    if (!row.hidden) count += 1;
  });
  for (const file of files) {
    let next = file.nextElementSibling, any = false;
    while (next && next.matches('details.row')) { any = any || !next.hidden; next = next.nextElementSibling; }
    file.hidden = !any;
  }
  found.textContent = count + ' of ' + rows.length;
}
search.addEventListener('input', show);
look.addEventListener('change', show);
let closed = [];
addEventListener('beforeprint', () => { closed = rows.filter((row) => !row.open); for (const row of closed) row.open = true; });
addEventListener('afterprint', () => { for (const row of closed) row.open = false; });
addEventListener('hashchange', open); open();
function open() { const at = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1))); if (at && at.matches('details')) at.open = true; }
document.querySelector('.tools').hidden = false;
show();
`;
