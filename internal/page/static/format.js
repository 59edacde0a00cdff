// Numbers for people.

const whole = new Intl.NumberFormat('en');

export const count = n => whole.format(n);
export const plural = (n, one, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

// number has three or four significant digits, and no exponent where people can do without.
export function number(x, digits = 3) {
  if (x === undefined || x === null || Number.isNaN(x)) return '–';
  const size = Math.abs(x);
  if (size === 0) return '0';
  if (size >= 1e6 || size < 1e-4) return x.toExponential(digits - 1).replace('e+', 'e');
  if (size >= 10 ** digits) return count(Math.round(x));
  return String(Number(x.toPrecision(digits)));
}

// fixed has as many digits at each call, for numbers that change in place.
export function fixed(x, digits = 3) {
  if (!(Math.abs(x) < Infinity)) return '–';
  const size = Math.abs(x);
  if (size !== 0 && (size >= 1e5 || size < 1e-4)) return x.toExponential(digits - 1).replace('e+', 'e');
  const places = size === 0 ? digits - 1 : Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return x.toFixed(places);
}

export function duration(seconds) {
  if (!(seconds >= 0) || seconds === Infinity) return '–';
  if (seconds < 1) return `${Math.round(1000 * seconds)} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${String(s % 60).padStart(2, '0')} s`;
  return `${Math.floor(s / 3600)} h ${String(Math.floor(s / 60) % 60).padStart(2, '0')} min`;
}

export const columnName = (data, i) => data.columns?.[i] ?? `column ${i + 1}`;

export function bytes(n) {
  if (n < 1e6) return `${Math.max(1, Math.round(n / 1e3))} kB`;
  return `${number(n / 1e6)} MB`;
}
