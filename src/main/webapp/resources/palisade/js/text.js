// Typed text: leaving a page with some asks first, and what a lost session took comes back.
// The text of a form that was sent stays in this tab until the answer shows that it arrived.
// Passwords, hidden fields and files are never kept, and signing out clears what was.
(() => {
  "use strict";

  const KEY = "palisade-typed-text";
  const TYPED = "input:not([type]), input[type=text], input[type=search], textarea";
  const main = document.getElementById("main");
  const actor = main?.dataset.actor ?? "";
  let leaving = false;

  function read() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY));
    } catch {
      return null;
    }
  }

  function write(record) {
    try {
      if (record) {
        sessionStorage.setItem(KEY, JSON.stringify(record));
      } else {
        sessionStorage.removeItem(KEY);
      }
    } catch {
      // Storage is switched off or full: the page works as before, without the way back.
    }
  }

  function place(address) {
    const url = new URL(address, location.href);
    return url.pathname.replace(/\.xhtml$/, "") + url.search;
  }

  function guarded(form) {
    return form.method === "post" && form.id !== "session" && form.id !== "signIn";
  }

  function isSecret(field) {
    return ["password", "hidden", "file", "submit", "button"].includes(field.type) || !field.name;
  }

  function typed(form) {
    return [...form.querySelectorAll(TYPED)].filter((field) => field.value !== field.defaultValue);
  }

  function isUnsaved() {
    return [...document.forms].some((form) => guarded(form) && (form.dataset.unsaved || typed(form).length > 0));
  }

  function keep(form, lost) {
    const fields = [...form.elements]
      .filter((field) => !isSecret(field))
      .map((field) =>
        ["checkbox", "radio"].includes(field.type)
          ? [field.name, field.value, field.checked]
          : [field.name, field.value, null],
      );
    write({ actor, path: place(form.action), form: form.id, lost, fields });
  }

  // Puts the text back; what has no field any more is shown, so that it can be copied.
  function restore(record) {
    const form = document.getElementById(record.form);
    const leftover = [];
    let first = null;
    for (const [name, value, checked] of record.fields) {
      const fields = form ? [...form.elements].filter((field) => field.name === name && !isSecret(field)) : [];
      const field = checked === null ? fields[0] : fields.find((one) => one.value === value);
      if (!field) {
        if (checked === null && value !== "") {
          leftover.push(value);
        }
      } else if (checked !== null) {
        field.checked = checked;
      } else if (field.value !== value) {
        field.value = value;
        first ??= field;
      }
    }
    if (!first && leftover.length === 0) {
      return;
    }
    const note = document.createElement("div");
    note.className = "msg msg-wait";
    note.id = "kept";
    note.setAttribute("role", "status");
    const icon = document.createElement("i");
    icon.className = "pi pi-history";
    icon.setAttribute("aria-hidden", "true");
    const words = document.createElement("div");
    const bold = document.createElement("b");
    bold.textContent = "What you typed is back, and not saved yet.";
    words.append(bold, " The portal could not take it before. Read it through and send it again.");
    if (leftover.length > 0) {
      const rest = document.createElement("pre");
      rest.tabIndex = 0;
      rest.textContent = leftover.join("\n\n");
      words.append(" This part has no field here:", rest);
    }
    note.append(icon, words);
    document.querySelector(".page-banner")?.append(note);
    first?.closest("details")?.setAttribute("open", "");
    first?.focus();
  }

  const record = read();
  if (document.querySelector("[data-keeps-text]")) {
    // The sign-in and the error pages: what was sent last did not arrive.
    if (record && !record.lost) {
      write({ ...record, lost: true });
    }
  } else if (record) {
    if (record.actor !== actor) {
      write(null);
    } else if (record.lost && record.path === place(location.href)) {
      write(null);
      restore(record);
    } else if (!record.lost) {
      write(null);
      const refused = document.querySelector(".ui-messages-error, .ui-message-error");
      const form = document.getElementById(record.form);
      if (refused && form) {
        form.dataset.unsaved = "true";
      }
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") {
      return;
    }
    if (form.id === "session") {
      write(null);
    } else if (guarded(form)) {
      keep(form, false);
    }
    // The other forms of the page still ask; the one that is sent does not.
    const others = [...document.forms].some((other) => other !== form && guarded(other) && typed(other).length > 0);
    leaving = !others;
    setTimeout(() => (leaving = false), 5000);
  });

  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (isUnsaved() || document.querySelector("[data-secret]"))) {
      event.preventDefault();
    }
  });

  document.addEventListener("click", (event) => {
    // After an expired view the page is opened again on purpose: its text goes along.
    if (event.target.closest?.(".ajax-failure a")) {
      const form = [...document.forms].find((one) => guarded(one) && typed(one).length > 0);
      if (form) {
        keep(form, true);
      }
      leaving = true;
    }
  });

  function formOf(settings) {
    const source = new URLSearchParams(typeof settings?.data === "string" ? settings.data : "").get("jakarta.faces.source");
    return source ? document.getElementById(source)?.closest("form") : null;
  }

  // What PrimeFaces sends by itself, such as a setting of the editor.
  window.palisadeText = {
    sent(settings) {
      const form = formOf(settings);
      if (form && guarded(form)) {
        keep(form, false);
      }
    },
    answered(xhr, settings) {
      const answer = xhr?.responseXML;
      if (answer?.querySelector("redirect")) {
        leaving = true;
      } else if (answer && !answer.querySelector("error")) {
        write(null);
        for (const field of formOf(settings)?.querySelectorAll(TYPED) ?? []) {
          field.defaultValue = field.value;
        }
      }
    },
  };
})();
