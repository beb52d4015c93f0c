// Runs before the page is drawn, so that a chosen theme does not flash. Nothing stored: the system's.
(() => {
  "use strict";
  let chosen = null;
  try {
    chosen = localStorage.getItem("data-theme");
  } catch {
    // Storage is switched off: the system's theme stands.
  }
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.dataset.theme = chosen;
  }
})();
