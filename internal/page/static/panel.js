// The panel of a sampler's settings. Ids end in -a and -b: sampler-a, levels-a, n-a, seed-a, again-a, class-a,
// guidance-a, measures-a, cost-a, and option-Name-a for the sampler's other options.

import { $, el, setText } from './dom.js';
import { count } from './format.js';

const levelsOption = 'Levels';
const leastLevels = 2;

export function makePanel(name, handlers) {
  const article = $(`drawing-${name}`);
  article.append($('drawing-template').content.cloneNode(true));
  for (const node of article.querySelectorAll('[data-id]')) node.id = `${node.dataset.id}-${name}`;
  for (const node of article.querySelectorAll('[data-for]')) node.htmlFor = `${node.dataset.for}-${name}`;
  article.querySelector('h3').textContent = name === 'a' ? 'Samples' : 'Samples B';
  article.querySelector('caption').textContent = `Measures of sampler ${name.toUpperCase()}`;
  $(`again-${name}`).setAttribute('aria-label', 'Draw again with a new seed');
  $(`again-${name}`).addEventListener('click', handlers.again);
  const panel = article.querySelector('.panel');
  panel.setAttribute('aria-label', `Sampler ${name.toUpperCase()}`);
  // Another sampler has other options, so it is taken up before the next of them can be changed.
  panel.addEventListener('change', e => (e.target.id === `sampler-${name}` ? handlers.sampler() : handlers.changed()));
  $(`levels-range-${name}`).addEventListener('input', e => {
    $(`levels-${name}`).value = levelsOf(e.target.value, e.target.dataset.most);
    handlers.changed();
  });
  $(`levels-${name}`).addEventListener('input', handlers.changed);
}

// The slider of levels is even in their logarithm.
const levelsOf = (place, most) => Math.round(leastLevels * (most / leastLevels) ** (place / 1000));
const placeOf = (levels, most) => Math.round(1000 * Math.log(levels / leastLevels) / Math.log(most / leastLevels));

const setValue = (node, value) => { if (node !== document.activeElement && node.value !== value) node.value = value; };

// fillPanel shows settings in the panel.
export function fillPanel(name, hello, chosen) {
  const select = $(`sampler-${name}`);
  if (select.options.length !== hello.samplers.length) {
    select.replaceChildren(...hello.samplers.map(s => el('option', { value: s.name }, s.name)));
  }
  select.value = chosen.sampler;
  const sampler = hello.samplers.find(s => s.name === chosen.sampler) || hello.samplers[0];
  setText($(`sampler-doc-${name}`), sampler.doc);
  fillLevels(name, hello, sampler, chosen);
  setValue($(`n-${name}`), String(chosen.n));
  setValue($(`seed-${name}`), String(chosen.seed));
  setValue($(`guidance-${name}`), chosen.guidance === null ? '' : String(chosen.guidance));
  fillOptions(name, sampler, chosen);
}

function fillLevels(name, hello, sampler, chosen) {
  const option = sampler.options.find(o => o.name === levelsOption);
  $(`levels-field-${name}`).hidden = !option;
  if (!option) return;
  const most = hello.limits.levels || 1000;
  const levels = chosen.options[levelsOption] ?? Number(option.default);
  const range = $(`levels-range-${name}`);
  range.dataset.most = most;
  if (range !== document.activeElement) range.value = placeOf(levels, most);
  range.setAttribute('aria-valuetext', `${levels} levels`);
  setValue($(`levels-${name}`), String(levels));
}

// fillOptions makes fields for the other options of a sampler.
function fillOptions(name, sampler, chosen) {
  const box = $(`options-${name}`);
  const others = sampler.options.filter(o => o.name !== levelsOption);
  $(`more-${name}`).hidden = others.length === 0;
  if (box.dataset.sampler !== sampler.name) {
    box.dataset.sampler = sampler.name;
    $(`more-${name}`).open = others.length === sampler.options.length;
    box.replaceChildren(...others.map(o => optionField(name, o)));
  }
  for (const o of others) {
    const input = $(`option-${o.name}-${name}`);
    const value = chosen.options[o.name];
    if (o.type === 'bool') input.checked = value ?? o.default === 'true';
    else setValue(input, value === undefined ? '' : String(value));
  }
}

function optionField(name, o) {
  const id = `option-${o.name}-${name}`;
  const text = [o.help, o.limits && `(${o.limits})`].filter(Boolean).join(' ');
  const hint = el('p', { class: 'hint', id: `${id}-hint` }, text);
  const input = o.type === 'bool' ? el('input', { id, type: 'checkbox' })
    : el('input', { id, placeholder: o.default, autocomplete: 'off' });
  input.setAttribute('aria-describedby', hint.id);
  const words = o.name.replace(/([a-z])([A-Z])/g, '$1 $2');
  const label = el('label', { for: id }, words);
  return el('div', { class: o.type === 'bool' ? 'field check' : 'field' }, label, input, hint);
}

// showClasses offers the classes of the data.
export function showClasses(name, data, chosen) {
  const classes = data?.classes || [];
  $(`class-field-${name}`).hidden = classes.length === 0;
  $(`guidance-field-${name}`).hidden = classes.length === 0 || !chosen.class;
  const options = [['', 'Any'], ['all', 'All in turn'], ...classes.map(c => [c, c])];
  $(`class-${name}`).replaceChildren(...options.map(([value, text]) => el('option', { value }, text)));
  $(`class-${name}`).value = chosen.class;
}

// readPanel returns the settings of a panel, or throws an error that says which is wrong.
export function readPanel(name, hello, before, limits) {
  const sampler = hello.samplers.find(s => s.name === $(`sampler-${name}`).value);
  const same = sampler.name === before.sampler;
  const whole = (id, what, least, most) => {
    const text = $(id).value.replaceAll(/[\s,]/g, '');
    return within(id, what, /^\d+$/.test(text) ? Number(text) : NaN, least, most, 'whole number');
  };
  const chosen = { sampler: sampler.name, options: {}, class: $(`class-${name}`).value,
    n: whole(`n-${name}`, 'Samples', 1, limits.n),
    seed: whole(`seed-${name}`, 'Seed', 0, Number.MAX_SAFE_INTEGER),
    guidance: null };
  const guidance = $(`guidance-${name}`).value.trim();
  if (guidance !== '') chosen.guidance = within(`guidance-${name}`, 'Guidance', Number(guidance), 0, 1000);
  if (!same) return chosen; // the options are those of the sampler before
  for (const o of sampler.options) {
    const value = o.name === levelsOption ? whole(`levels-${name}`, 'Noise levels', leastLevels, limits.levels)
      : readOption(`option-${o.name}-${name}`, o);
    if (value !== undefined && String(value) !== o.default) chosen.options[o.name] = value;
  }
  return chosen;
}

function within(id, what, value, least, most, kind = 'number') {
  const ok = value >= least && value <= most;
  $(id).setAttribute('aria-invalid', String(!ok));
  if (!ok) throw new Error(`${what}: “${$(id).value}” is no ${kind} from ${count(least)} to ${count(most)}.`);
  return value;
}

function readOption(id, o) {
  if (o.type === 'bool') return $(id).checked;
  const text = $(id).value.trim();
  if (text === '') return undefined;
  if (o.type === 'string') return text;
  if (o.type !== 'int') return within(id, o.name, Number(text), -1e9, 1e9);
  return within(id, o.name, /^[-+]?\d+$/.test(text) ? Number(text) : NaN, -1e9, 1e9, 'whole number');
}
