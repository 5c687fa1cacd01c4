// The page without this file is the same page. Here answers come as one types: the server's own HTML is put in place of the
// results, and the address says what is shown. Listeners sit on the document, for its parts are replaced.
"use strict";
(() => {
  const PAUSE = 80, DATE_PAUSE = 900, BUSY = 150, SAY = 700, TRIES = 3, LONGEST = 15000;
  const KEY = "searchlib-key", LANG = "searchlib-lang", HIT = "searchlib-hit";
  const root = document.documentElement;
  const by = (id) => document.getElementById(id);
  const view = () => document.body.dataset.view;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  function kept(store, name, value) { // A browser may refuse to keep anything.
    try {
      if (value === undefined) return window[store].getItem(name);
      window[store].setItem(name, value);
    } catch { /* then it is asked again */ }
    return null;
  }

  function forgotten(name) {
    try { sessionStorage.removeItem(name); } catch { /* nothing was kept */ }
  }

  // ---- asking

  let turn = 0, pending = null, timer = 0, waiting = 0, saying = 0, typing = false, shown = location.href;

  function address() {
    const said = new URLSearchParams();
    for (const [name, value] of new FormData(by("search"))) if (value) said.append(name, value);
    const text = said.toString();
    return text ? "/?" + text : "/";
  }

  function go(href, { replace = false, top = false } = {}) {
    const url = new URL(href, location.href);
    if (url.href === shown) return;
    if (replace) history.replaceState(null, "", url);
    else {
      history.replaceState({ y: scrollY }, "");
      history.pushState(null, "", url);
    }
    load(url, { top });
  }

  async function load(url, how = {}) {
    const mine = ++turn;
    clearTimeout(waiting);
    pending?.abort();
    pending = new AbortController();
    shown = url.href;
    const slow = setTimeout(() => root.classList.add("busy"), BUSY);
    const done = () => { clearTimeout(slow); if (mine === turn) root.classList.remove("busy"); };
    const again = (seconds) => {
      waiting = setTimeout(() => load(url, { ...how, tries: (how.tries || 0) + 1 }), Math.min(seconds * 1000, LONGEST));
    };
    const asked = new URL(url);
    asked.hash = "";
    if (!how.whole) asked.searchParams.set("partial", "1");
    const key = kept("sessionStorage", KEY);
    let answer, html;
    try {
      answer = await fetch(asked, { signal: pending.signal, headers: key ? { Authorization: "Bearer " + key } : {} });
      html = await answer.text();
      if (!(answer.headers.get("content-type") || "").startsWith("text/html")) {
        if (answer.status < 400 || answer.status >= 500 || answer.status === 408) throw new Error("no page");
        html = refusal(html, answer.status); // as of an address that is too long: it does no better a second time
        how = { ...how, whole: false };
      }
    } catch {
      done();
      if (mine !== turn) return; // a later question took its place
      by("away").hidden = false;
      again(2 ** Math.min(how.tries || 0, 4));
      return;
    }
    done();
    if (mine !== turn) return;
    by("away").hidden = true;
    if ((answer.status === 503 || answer.status === 429) && (how.tries || 0) < TRIES) {
      again(Number(answer.headers.get("retry-after")) || 1);
      return;
    }
    if (answer.status === 401) forgotten(KEY); // a key that is none is not tried again
    if (how.whole) whole(html);
    else swap(html, how);
    if (!how.whole && view() !== "document") name(url);
    if (how.y !== undefined) scrollTo(0, how.y);
    else if (location.hash === "#match") by("match")?.scrollIntoView(); // as far down as the style has it
    say([...by("results").querySelectorAll("#total strong, .said, .blank > :is(h1, h2)")].map((one) => one.innerText).join(". "));
  }

  function swap(html, how) {
    const results = by("results"), active = document.activeElement;
    const inside = results.contains(active), focused = active?.dataset?.key, open = by("filters")?.open;
    results.innerHTML = html; // the server's, which escapes every value; see rendering.py
    if (open) by("filters")?.setAttribute("open", "");
    if (how.top) scrollTo(0, 0);
    if (!inside) return;
    const same = focused && [...results.querySelectorAll("[data-key]")].find((one) => one.dataset.key === focused);
    const hit = "hit" in (active?.dataset || {}) && results.querySelector("[data-hit]"); // who was among the hits stays there
    (same || hit || by("total") || results.querySelector("h1, h2"))?.focus({ preventScroll: true });
  }

  function refusal(text, status) {
    const made = document.createElement("section"), said = {};
    try { Object.assign(said, JSON.parse(text)); } catch { /* some proxy's own words */ }
    made.className = "blank";
    made.append(document.createElement("h2"), document.createElement("p"));
    made.firstChild.textContent = said.title || status;
    made.lastChild.textContent = said.detail || "";
    return made.outerHTML;
  }

  function whole(html) {
    const made = new DOMParser().parseFromString(html, "text/html");
    document.title = made.title;
    document.body.replaceWith(made.body);
    by("key")?.focus();
  }

  function name(url) {
    const words = (url.searchParams.get("q") || "").trim();
    document.title = (words ? words.slice(0, 80) + " – " : "") + "searchlib";
  }

  function say(text) {
    clearTimeout(saying);
    saying = setTimeout(() => { by("said").textContent = text; }, SAY);
  }

  // ---- typing and choosing

  function typed() {
    go(address(), { replace: typing });
    typing = true;
  }

  document.addEventListener("input", (event) => {
    if (event.target.id !== "q" || event.isComposing || view() === "document") return;
    clearTimeout(timer);
    timer = setTimeout(typed, PAUSE);
  });
  document.addEventListener("compositionend", (event) => {
    if (event.target.id === "q" && view() !== "document") typed();
  });
  document.addEventListener("focusout", (event) => { if (event.target.id === "q") typing = false; });

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.id === "q" || field.form?.id !== "search") return;
    clearTimeout(timer);
    if (field.id === "index") { // another index has other filters
      const said = new URLSearchParams({ index: field.value, q: by("q").value });
      const lang = new URL(location.href).searchParams.get("lang");
      if (lang) said.set("lang", lang);
      if (view() === "document") location.assign("/?" + said);
      else go("/?" + said);
    } else timer = setTimeout(() => go(address()), field.type === "date" ? DATE_PAUSE : 0);
  });

  document.addEventListener("submit", (event) => {
    if (event.target.id === "key-form") {
      event.preventDefault();
      kept("sessionStorage", KEY, by("key").value.trim());
      load(new URL(location.href), { whole: true });
    } else if (event.target.id === "search" && (view() !== "document" || kept("sessionStorage", KEY))) {
      event.preventDefault();
      clearTimeout(timer);
      typing = false;
      if (view() === "document") { location.assign(address()); return; }
      go(address());
    }
  });

  document.addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest?.("a");
    if (!link) return;
    if (link.dataset.lang) {
      kept("localStorage", LANG, link.dataset.lang);
      const url = new URL(location.href);
      url.searchParams.set("lang", link.dataset.lang);
      link.href = url.href;
    } else if ("raw" in link.dataset && kept("sessionStorage", KEY)) { // a link alone sends no key
      event.preventDefault();
      fetch(link.href, { headers: { Authorization: "Bearer " + kept("sessionStorage", KEY) } })
        .then((answer) => answer.blob())
        .then((data) => location.assign(URL.createObjectURL(data)), () => { by("away").hidden = false; });
    } else if ("again" in link.dataset) {
      event.preventDefault();
      load(new URL(location.href), { tries: TRIES });
    } else if ("go" in link.dataset && view() !== "document") {
      event.preventDefault();
      clearTimeout(timer);
      typing = false;
      const url = new URL(link.getAttribute("href"), location.href);
      if (by("index")) by("index").value = url.searchParams.get("index");
      by("q").value = url.searchParams.get("q") || "";
      go(url, { top: link.rel === "next" || link.rel === "prev" });
    } else if ("hit" in link.dataset) { // the way back leads to it
      kept("sessionStorage", HIT, location.href + " " + link.dataset.key);
    } else if (link.classList?.contains("step") && !leaves(link)) {
      event.preventDefault();
      step(link.id === "next-match" ? 1 : -1);
    }
  });

  addEventListener("popstate", (event) => {
    if (view() === "document" || location.href.split("#")[0] === shown.split("#")[0]) return;
    typing = false;
    const said = new URL(location.href).searchParams;
    by("q").value = said.get("q") || "";
    const index = by("index"); // an address without one is about the first
    if (index) index.value = said.get("index") || index.options[0].value;
    load(new URL(location.href), { y: event.state?.y || 0 });
  });
  addEventListener("online", () => { if (!by("away").hidden) load(new URL(location.href)); });

  // ---- the matches of a document

  const marks = () => [...document.querySelectorAll(".text mark")];
  const at = (found) => found.findIndex((mark) => mark.classList.contains("now"));

  function leaves(link) { // whether the next match stands in another part of the text
    const found = marks(), here = at(found);
    return "part" in link.dataset && (link.id === "next-match" ? here === found.length - 1 : here <= 0);
  }

  function step(by_) {
    const found = marks(), here = at(found), next = found[here + by_], said = by("match-said");
    if (!next) return;
    found[here]?.classList.remove("now");
    found[here]?.removeAttribute("id");
    next.classList.add("now");
    next.id = "match";
    next.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth" });
    ends("previous-match", next.dataset.number === "1");
    ends("next-match", next.dataset.number === said.dataset.count);
    const format = new Intl.NumberFormat(root.lang);
    said.textContent = said.dataset.said
      .replace("{number}", format.format(next.dataset.number)).replace("{count}", format.format(said.dataset.count));
    by("match-place").textContent = next.dataset.place;
    say(said.textContent);
  }

  function ends(id, is) { // beyond the first and the last match there is none
    if (is) by(id).setAttribute("aria-disabled", "true");
    else by(id).removeAttribute("aria-disabled");
  }

  // ---- keys

  function among(step) {
    const hits = [...document.querySelectorAll("[data-hit]")];
    const here = hits.indexOf(document.activeElement);
    if (here < 0 && !["q", "total"].includes(document.activeElement?.id)) return false;
    const next = here + step;
    if (next < 0) { if (here >= 0) by("q").focus(); return here >= 0; }
    hits[next]?.focus();
    hits[next]?.closest(".hit").scrollIntoView({ block: "nearest" });
    return next < hits.length;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    const target = event.target, box = by("q"), writes = /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
    const helped = by("help")?.matches(":popover-open");
    let done = false;
    if (event.key === "Escape" && !helped) {
      if (target === box && box.value && view() !== "document") {
        box.value = "";
        clearTimeout(timer);
        typed();
        done = true;
      } else if (target === box) box.blur();
      else if (!writes) { box.focus(); done = true; }
    } else if (!writes && event.key === "?") {
      by("help").togglePopover();
      done = true;
    } else if (event.key === "ArrowDown") done = among(1);
    else if (event.key === "ArrowUp") done = among(-1);
    else if (!writes && (event.key === "/" || (event.code === "Slash" && !event.shiftKey))) {
      if (helped) by("help").hidePopover();
      box.focus();
      box.select();
      done = true;
    } else if (!writes && view() === "document" && (event.code === "KeyN" || event.code === "KeyP")) {
      const link = by(event.code === "KeyN" ? "next-match" : "previous-match");
      if (link && leaves(link)) location.assign(link.href);
      else if (link) step(event.code === "KeyN" ? 1 : -1);
      done = true;
    }
    if (done) event.preventDefault();
  });

  // ---- at the beginning

  const opened = kept("sessionStorage", HIT);
  if (opened && document.activeElement === document.body) {
    const hits = [...document.querySelectorAll("[data-hit]")];
    hits.find((one) => location.href + " " + one.dataset.key === opened)?.focus({ preventScroll: true });
  }

  const chosen = kept("localStorage", LANG), here = new URL(location.href);
  if (chosen && chosen !== root.lang && !here.searchParams.has("lang") && /^[a-z]{2}$/.test(chosen)) {
    here.searchParams.set("lang", chosen);
    location.replace(here);
  } else if (view() === "refused" && by("key-form") && kept("sessionStorage", KEY)) load(here, { whole: true });
})();
