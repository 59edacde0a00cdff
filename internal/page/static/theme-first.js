// Before anything is drawn, so that the page does not flash in the other theme.
(() => {
  try {
    const theme = localStorage.getItem('langevin-theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch { /* a page without storage has the system's theme */ }
})();
