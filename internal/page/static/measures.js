// The table of measures of a drawing, next to those of true points.

import { el } from './dom.js';
import { number } from './format.js';

// summary is the most telling measure in some words: the modes that were found, where there are modes.
export function summary(drawn) {
  const modes = (drawn.measures || []).find(m => /mode/i.test(m.name));
  if (!modes) return '';
  return /mode/i.test(modes.text) ? modes.text : `${modes.text} modes`;
}

export function fillMeasures(table, drawn) {
  const rows = (drawn?.measures || []).map(m => el('tr', { class: m.good ? 'good' : 'off' },
    el('th', { scope: 'row' }, m.name, el('span', { class: 'verdict' },
      el('span', { class: `mark ${m.good ? 'good' : 'off'}`, 'aria-hidden': 'true' }, m.good ? '●' : '▲'),
      ` ${m.good ? 'good' : 'off'}: ${m.text}`)),
    el('td', {}, number(m.value)),
    el('td', {}, number(m.floor))));
  table.hidden = rows.length === 0;
  table.tBodies[0].replaceChildren(...rows);
}
