// Short names for what is done to the document.

export const $ = id => document.getElementById(id);

// el makes an element: el('button', {type: 'button', onclick: f}, 'text', child). Names with a dash are attributes.
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name.includes('-') || name === 'for' || name === 'role') node.setAttribute(name, value);
    else if (name === 'class') node.className = value;
    else node[name] = value;
  }
  node.append(...children.filter(c => c !== null && c !== undefined));
  return node;
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export const pressed = button => button.getAttribute('aria-pressed') === 'true';

// toggle makes a button one that is pressed or not.
export function toggle(button, changed) {
  button.addEventListener('click', () => {
    button.setAttribute('aria-pressed', String(!pressed(button)));
    changed(pressed(button));
  });
}

// later returns a function that calls f when it has not been called again for a while.
export function later(f, milliseconds) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => f(...values), milliseconds);
  };
}

export function showError(what, message) {
  for (const node of document.querySelectorAll('[data-error-for]')) {
    if (!node.dataset.errorFor.split(' ').includes(what)) continue;
    node.hidden = !message;
    setText(node, message || '');
  }
}
