// The theme: the system's, or the one that was chosen here. CSS colours follow by themselves; canvases ask color().

import { $ } from './dom.js';
import { emit } from './store.js';

const root = document.documentElement;
const system = matchMedia('(prefers-color-scheme: dark)');
const probe = document.createElement('i');
let known = new Map();

export const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches);

// color returns what a custom property of a colour is now, as a canvas takes it. A probe resolves light-dark().
export function color(name) {
  if (!known.has(name)) {
    probe.style.color = `var(--${name})`;
    known.set(name, getComputedStyle(probe).color);
  }
  return known.get(name);
}

// channels returns the red, green and blue of a colour, from 0 to 255.
export const channels = name => color(name).match(/[\d.]+/g).slice(0, 3).map(Number);

export function startTheme() {
  probe.hidden = true;
  document.body.append(probe);
  const changed = () => {
    known = new Map();
    $('theme').textContent = isDark() ? 'Light' : 'Dark';
    $('theme').setAttribute('aria-label', isDark() ? 'Light theme' : 'Dark theme');
    emit('theme');
  };
  $('theme').addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    try { localStorage.setItem('langevin-theme', root.dataset.theme); } catch { /* for this page alone */ }
    changed();
  });
  system.addEventListener('change', changed);
  changed();
}
