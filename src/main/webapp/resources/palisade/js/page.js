// Small behaviours of every page. Each works on what is there now and on what Ajax brings later.
(() => {
  "use strict";

  const root = document.documentElement;

  // Theme: the button turns what is shown into the other one, and remembers it.
  function isDark() {
    return root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  function showThemeIcon() {
    for (const icon of document.querySelectorAll("[data-theme-toggle] .pi")) {
      icon.className = isDark() ? "pi pi-sun" : "pi pi-moon";
    }
  }

  function toggleTheme() {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("data-theme", root.dataset.theme);
    } catch {
      // Storage is switched off: the choice lasts as long as the page.
    }
    showThemeIcon();
  }

  // Copy buttons: of a block, or of the value they carry.
  async function write(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without HTTPS there is no clipboard object; a selected field still copies.
      const field = document.createElement("textarea");
      field.value = text;
      field.className = "sr";
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  }

  async function copy(button) {
    const block = button.closest(".code");
    await write(button.dataset.copy ?? block.querySelector("pre").textContent);
    const word = button.querySelector("span");
    const icon = button.querySelector(".pi");
    button.dataset.before ??= word.textContent;
    word.textContent = "Copied";
    icon.className = "pi pi-check";
    clearTimeout(button.copied);
    button.copied = setTimeout(() => {
      word.textContent = button.dataset.before;
      icon.className = "pi pi-copy";
    }, 2000);
  }

  // Times: the server writes UTC; the reader sees the rounded distance, or the date beyond 14 days,
  // and the own zone on hover.
  // Each unit with its seconds, and from how many seconds on a rounded number of it is told.
  const steps = [
    ["day", 86400, 84600],
    ["hour", 3600, 3570],
    ["minute", 60, 59.5],
    ["second", 1, 0],
  ];
  const farthest = 14 * 86400;
  const distance = new Intl.RelativeTimeFormat(root.lang, { numeric: "always", style: "short" });
  const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
  const date = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
  const brief = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

  function told(moment) {
    const seconds = (moment - Date.now()) / 1000;
    const away = Math.abs(seconds);
    if (away > farthest) {
      return date.format(moment);
    }
    if (away < 1) {
      return "now";
    }
    const [unit, length] = steps.find(([, , least]) => away >= least);
    return distance.format(Math.round(seconds / length), unit);
  }

  function tellTimes() {
    for (const time of document.querySelectorAll("time[data-time]")) {
      const moment = new Date(time.dateTime);
      if (!Number.isNaN(moment.getTime())) {
        const text = time.dataset.time === "exact" ? brief.format(moment) : told(moment);
        if (time.textContent !== text) {
          time.textContent = text;
        }
        time.title = exact.format(moment);
      }
    }
  }

  // Tables: each cell learns the name of its column, for narrow pages where a row is a small card.
  // An empty cell needs no name; PrimeFaces puts the column's title into each.
  function isEmpty(cell) {
    return [...cell.childNodes].every((n) => n.matches?.(".ui-column-title") ?? n.textContent.trim() === "");
  }

  function nameCells() {
    for (const table of document.querySelectorAll(".ui-datatable table, table.list")) {
      const heads = [...table.querySelectorAll("thead th")];
      const names = heads.map((h) => (h.querySelector(".ui-column-title") ?? h).textContent.trim());
      for (const row of table.querySelectorAll("tbody > tr")) {
        if (row.cells.length !== names.length) {
          continue;
        }
        [...row.cells].forEach((cell, i) => {
          if (cell.dataset.label === undefined) {
            cell.dataset.label = isEmpty(cell) ? "" : names[i];
          }
        });
      }
    }
  }

  // What PrimeFaces gets wrong in ARIA: list items that are alerts, and radio buttons without a state.
  function set(element, name, value) {
    if (element.getAttribute(name) !== value) {
      element.setAttribute(name, value);
    }
  }

  function mendAria() {
    for (const item of document.querySelectorAll(".ui-messages li[role]")) {
      item.removeAttribute("role");
      set(item.closest(".ui-messages > div"), "role", "alert");
    }
    for (const cell of document.querySelectorAll(".ui-selectoneradio [aria-checked]:not([role])")) {
      cell.removeAttribute("aria-checked");
    }
    for (const radio of document.querySelectorAll(".ui-selectonebutton [role=radio]")) {
      set(radio, "aria-checked", String(radio.classList.contains("ui-state-active")));
      radio.querySelector("input").inert = true;
    }
  }

  // Drawer: the navigation on a narrow page.
  function drawer(open) {
    const button = document.querySelector("[data-drawer]");
    if (button && root.classList.contains("drawer-open") !== open) {
      root.classList.toggle("drawer-open", open);
      button.setAttribute("aria-expanded", String(open));
      (open ? document.querySelector("#nav a.item") : button).focus();
    }
  }

  // Ajax: a bar while it runs, and a sentence when it was not answered.
  function watchAjax($) {
    let running = 0;
    // PrimeFaces would leave for the error page, and with it what was typed. A note keeps it.
    if (window.PrimeFaces?.settings) {
      window.PrimeFaces.settings.errorPages = undefined;
    }
    const show = (id) => {
      for (const other of document.querySelectorAll(".ajax-failure")) {
        other.hidden = true;
      }
      const note = document.getElementById(id);
      if (note) {
        note.hidden = false;
        note.scrollIntoView({ block: "nearest" });
      }
    };
    $(document)
      .on("pfAjaxSend", (_event, _xhr, settings) => {
        window.palisadeText?.sent(settings);
        running += 1;
        root.classList.add("is-busy");
      })
      .on("pfAjaxComplete", (_event, xhr, settings) => {
        running = Math.max(0, running - 1);
        root.classList.toggle("is-busy", running > 0);
        window.palisadeText?.answered(xhr, settings);
        const error = xhr?.responseXML?.querySelector("error > error-name")?.textContent;
        if (error) {
          show(error.includes("ViewExpired") ? "stale" : "unanswered");
        }
      })
      .on("pfAjaxError", (_event, xhr) => show([401, 403].includes(xhr?.status) ? "refused" : "unanswered"));
  }

  // A question before what takes something away. It comes before every other listener, so that
  // nothing has happened yet, and repeats the click once the answer is yes.
  let asked = null;
  const dialog = document.getElementById("confirm");
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.("[data-confirm]");
      if (!button?.dataset.confirm || !dialog) {
        return;
      }
      if (button.dataset.confirmed) {
        delete button.dataset.confirmed;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      asked = button;
      document.getElementById("confirmTitle").textContent = button.dataset.confirm;
      document.getElementById("confirmText").textContent = button.dataset.confirmText;
      dialog.querySelector("[data-confirm-yes]").textContent = button.dataset.confirmAct;
      dialog.showModal();
      dialog.querySelector("[data-confirm-no]").focus();
    },
    true,
  );
  dialog?.addEventListener("click", (event) => {
    if (event.target.closest("[data-confirm-no]") || event.target === dialog) {
      dialog.close();
    } else if (event.target.closest("[data-confirm-yes]")) {
      const button = asked;
      dialog.close();
      button.dataset.confirmed = "true";
      button.click();
    }
  });
  dialog?.addEventListener("close", () => {
    asked?.focus();
    asked = null;
  });

  // A note that was read: a cookie keeps it away, and the server leaves it out.
  function hideNote(button) {
    document.cookie = `${button.dataset.hideNote}=hidden; Path=/; Max-Age=31536000; SameSite=Strict`;
    button.closest(".msg").remove();
    document.getElementById("main").focus();
  }

  // Folded parts: a link to something within one opens it, and one button opens or closes them all.
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let part = target?.closest("details"); part; part = part.parentElement?.closest("details")) {
      part.open = true;
    }
    target?.scrollIntoView({ block: "start" });
  }

  function foldAll(button) {
    const open = button.getAttribute("aria-pressed") !== "true";
    for (const part of document.querySelectorAll("details.fold")) {
      part.open = open;
    }
    button.setAttribute("aria-pressed", String(open));
  }

  window.addEventListener("hashchange", reveal);
  if (location.hash) {
    reveal();
  }

  document.addEventListener("click", (event) => {
    const all = event.target.closest("[data-fold-all]");
    const link = event.target.closest("a[href^='#']");
    if (all) {
      foldAll(all);
    } else if (link && link.hash === location.hash) {
      reveal();
    }
    const note = event.target.closest("[data-hide-note]");
    if (note) {
      hideNote(note);
    } else if (event.target.closest("[data-secret-stored]")) {
      event.target.closest("[data-secret]").remove();
      document.getElementById("main").focus();
    }
    const at = event.target.closest("[data-copy], [data-copy-block], [data-theme-toggle], [data-drawer]");
    if (at?.matches(".copy")) {
      copy(at);
    } else if (at?.hasAttribute("data-theme-toggle")) {
      toggleTheme();
    } else if (at?.hasAttribute("data-drawer")) {
      drawer(!root.classList.contains("drawer-open"));
    } else if (!event.target.closest("#nav")) {
      drawer(false);
    }
  });
  for (const type of ["click", "keyup"]) {
    document.addEventListener(type, () => requestAnimationFrame(mendAria));
  }
  // Forms: a second click while the answer is on its way sends nothing. A form whose answer is a
  // file, or did not come, works again after a while.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
    } else if (!event.defaultPrevented) {
      form.dataset.sent = "true";
      setTimeout(() => delete form.dataset.sent, 5000);
    }
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      drawer(false);
    }
  });

  // A chosen file is put into a field as text, so that it can be read over before it is sent.
  document.addEventListener("change", async (event) => {
    const chooser = event.target.closest?.("input[data-file-into]");
    const file = chooser?.files[0];
    if (!file) {
      return;
    }
    if (file.size > Number(chooser.dataset.fileMost)) {
      chooser.value = "";
      chooser.setCustomValidity(`A file of at most ${chooser.dataset.fileMost} bytes is read.`);
      chooser.reportValidity();
      return;
    }
    chooser.setCustomValidity("");
    document.getElementById(chooser.dataset.fileInto).value = new TextDecoder("utf-8", {
      ignoreBOM: true,
    }).decode(await file.arrayBuffer());
  });

  function refresh() {
    tellTimes();
    nameCells();
    mendAria();
  }

  document.querySelector("[data-secret]")?.focus();
  refresh();
  showThemeIcon();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showThemeIcon);
  setInterval(tellTimes, 30000);
  new MutationObserver(refresh).observe(document.body, { childList: true, subtree: true });
  if (window.jQuery) {
    watchAjax(window.jQuery);
  }
})();
