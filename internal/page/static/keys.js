// Keys for the whole page, while nothing has the focus that takes them itself, and the help that lists them.

import { $ } from './dom.js';

const actions = {
  ' ': () => ['start', 'pause', 'go'].map($).find(b => !b.hidden && !b.disabled)?.click(),
  p: () => $('play').click(),
  n: () => $('again-a').click(),
  f: () => { if (!$('layer-field').hidden) $('layer-field').click(); },
  c: () => $('compare').click(),
  '?': () => $('help').click(),
};

export function startKeys() {
  $('help').addEventListener('click', () => $('help-dialog').showModal());
  for (const dialog of document.querySelectorAll('dialog')) {
    dialog.addEventListener('click', e => { if (e.target === dialog) dialog.close(); });
  }
  document.addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey || document.querySelector('dialog[open]')) return;
    if (takes(document.activeElement, e.key)) return;
    const action = actions[e.key.length === 1 ? e.key.toLowerCase() : e.key];
    if (!action) return;
    e.preventDefault();
    action();
  });
}

// takes reports whether what has the focus has a use for a key itself: any control for the space bar, and one that
// is typed or chosen in for letters.
function takes(focused, key) {
  if (!focused || focused === document.body) return false;
  return key === ' ' || focused.matches('input:not([type=range], [type=checkbox]), select, textarea');
}
