// What the pages do in the browser beyond HTMX: theme, keys, dropped files, live rows, and the tie between a value and its box.
const $ = (q, at = document) => at.querySelector(q), $$ = (q, at = document) => [...at.querySelectorAll(q)];
const root = document.documentElement;
root.classList.add("scripted");

// --- Theme: the server remembers it by cookie; here it only turns at once.
document.addEventListener("click", e => {
  const turn = e.target.closest("[data-theme-toggle]");
  if (!turn) return;
  e.preventDefault();
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  document.cookie = `theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
});

// --- A value and its place on the paper: point at either, both light up and the other boxes step back.
const marked = name => $$(`[data-f="${CSS.escape(name)}"]`);
let held = null;

function light(name) {
  $$(".hot, .warm").forEach(e => e.classList.remove("hot", "warm"));
  $(".leaf")?.classList.toggle("picked", !!name);
  if (!name) return tell(null);
  const row = name.match(/^(\d+\.\d+\.\d+\.)\d+$/)?.[1];
  if (row) $$(`[data-f^="${CSS.escape(row)}"]`).forEach(e => e.classList.add("warm"));
  marked(name).forEach(e => { e.classList.add("hot"); e.closest("tr")?.classList.add("warm"); });
  tell(marked(name).find(e => !e.closest("svg.boxes")));
}

// The proof line over the picture says what the value is, how it is proved, and by what.
function tell(value) {
  const line = $("#proof");
  if (!line) return;
  if (!value) { line.replaceChildren(line.dataset.hint); return; }
  const part = (tag, text, name) => Object.assign(document.createElement(tag), { textContent: text.trim(), className: name });
  const cell = value.closest("td"), mark = $(".pf, .sv", value)?.cloneNode(true);
  const state = cell && (cell.className.match(/st-(\w+)/)?.[1] || "even");
  const name = cell ? cell.closest("table").tHead.rows[0].cells[cell.cellIndex].textContent : $(".k", value)?.textContent || "";
  const proof = cell ? $$(".proofs li", cell.closest(".ovf"))[cell.dataset.by]?.textContent || cell.dataset.c || "" : $(".by", value)?.textContent || "";
  const word = state ? line.dataset[state] : $(".pf", value)?.title || "";
  line.replaceChildren(...[mark, part("span", name, "q"), part("b", ($(".v", value) || value).textContent, ""), part("span", word, `pf pf-${state || ""}`), part("span", proof, "qq xs")].filter(Boolean));
}

const valueAt = e => e.target.closest?.("[data-f]");
document.addEventListener("mouseover", e => { const at = valueAt(e); if (at) light(at.dataset.f); else if (!e.target.closest?.("#proof")) light(held); });
document.addEventListener("focusin", e => { const at = valueAt(e); if (at) light(held = at.dataset.f); });
document.addEventListener("click", e => {
  const at = valueAt(e);
  if (!at || e.target.closest("a, button, summary, input, label")) { if (!at) light(held = null); return; }
  light(held = at.dataset.f);
  bring(marked(held).find(x => !!x.closest("svg") !== !!at.closest("svg")));
});

function bring(place) {
  if (!place) return;
  const face = $(".desk")?.dataset;
  if (face && getComputedStyle($(".faces")).display !== "none") turn(place.closest(".left") ? "paper" : "facts");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.closest("details")?.setAttribute("open", "");
  place.scrollIntoView({ block: "center", inline: "nearest", behavior: calm ? "auto" : "smooth" });
}

// --- A paper's picture: boxes on and off, only conflicts, larger and smaller; on a phone it takes turns with the values.
function turn(face) {
  $(".desk").dataset.show = face;
  $$("[data-face]").forEach(x => x.setAttribute("aria-selected", x.dataset.face === face));
}

let zoom = 1;
const ACTS = {
  boxes: on => $(".leaf")?.classList.toggle("no-boxes", !on.checked),
  conflicts: on => $(".leaf")?.classList.toggle("only-conflicts", on.checked),
  larger: () => scale(zoom * 1.25), smaller: () => scale(zoom / 1.25),
  conflict: () => { const all = $$(".fr .pf-clash, .chain .pf-clash, .idn .pf-clash"); const at = all[(all.indexOf(document.activeElement?.closest?.("[data-f]")?.querySelector(".pf-clash")) + 1) % (all.length || 1)]; const to = at?.closest("[data-f]") || at; to?.focus?.(); bring(to); },
};
function scale(to) { zoom = Math.min(4, Math.max(1, to)); const leaf = $(".leaf"); if (leaf) leaf.style.width = `${zoom * 100}%`; }

document.addEventListener("click", e => {
  const face = e.target.closest("[data-face]"), act = e.target.closest("[data-act]");
  if (face) turn(face.dataset.face);
  if (act && act.tagName !== "INPUT") { e.preventDefault(); ACTS[act.dataset.act](act); }
});
document.addEventListener("change", e => { if (e.target.dataset.act) ACTS[e.target.dataset.act](e.target); });

// A link may name a field: it is lit and brought into view.
function arrive() {
  $(".spot")?.scrollIntoView({ block: "center", inline: "nearest" });
  const wanted = $("[data-lit]")?.dataset.lit;
  if (!wanted) return;
  light(held = wanted);
  marked(wanted).forEach(e => e.scrollIntoView({ block: "center", inline: "nearest" }));
}

// --- Keys act only when nobody is typing.
document.addEventListener("keydown", e => {
  if (e.key === "Escape") { document.activeElement?.blur(); light(held = null); return; }
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName) && document.activeElement.type !== "checkbox") return;
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key === "/") { e.preventDefault(); $("[role=search] input")?.focus(); return; }
  if (e.key === "j" || e.key === "k") return step(e.key === "j" ? 1 : -1);
  if (e.key === "Enter" && $(".cur") && document.activeElement === document.body) { $(".cur a[href]")?.click(); return; }
  const act = $(`[data-key="${CSS.escape(e.key.toLowerCase())}"]`);
  if (act) { e.preventDefault(); act.focus(); act.click(); }
});
function step(by) {
  const rows = $$("[data-list] > *, .files tr:not(.grp):not(.fix)").filter(r => r.offsetParent && $("a[href]", r));
  if (!rows.length) return;
  const next = rows[Math.max(0, Math.min(rows.length - 1, rows.findIndex(r => r.classList.contains("cur")) + by))];
  $$(".cur").forEach(r => r.classList.remove("cur"));
  next.classList.add("cur"); next.scrollIntoView({ block: "nearest" });
}

// --- Rows of the inbox: a row is replaced where it stands, and moves when its group changed.
function place(html) {
  const box = document.createElement("template");
  box.innerHTML = html.trim();
  for (const fresh of [...box.content.querySelectorAll("tbody")]) {
    const old = document.getElementById(fresh.id), group = document.getElementById(`g-${fresh.dataset.group}`);
    $("#nothing")?.remove();
    if (old && old.dataset.group === fresh.dataset.group) old.replaceWith(fresh);
    else if (group) { old?.remove(); group.hidden = false; group.after(fresh); }
    htmx.process(fresh);
  }
  for (const note of box.content.querySelectorAll("[data-into]")) { const to = document.getElementById(note.dataset.into); if (to) to.textContent = note.textContent; }
  for (const g of $$("tbody[id^=g-]")) g.hidden = !$(`tbody[data-group="${g.id.slice(2)}"]`);
}
document.addEventListener("htmx:sseBeforeMessage", e => { if (e.detail.type === "row") { e.preventDefault(); place(e.detail.data); } });

// When the stream is cut twice, the list is asked for every five seconds instead, and says so.
let cuts = 0, polling = null;
document.addEventListener("htmx:sseOpen", () => { cuts = 0; clearInterval(polling); polling = null; const s = $("#stale"); if (s) s.hidden = true; });
document.addEventListener("htmx:sseError", () => {
  if (++cuts < 2 || polling) return;
  const note = $("#stale");
  if (note) note.hidden = false;
  polling = setInterval(poll, 5000);
});
async function poll() {
  const table = $("[data-poll]");
  if (!table) return;
  const answer = await fetch(table.dataset.poll, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.ok) { const box = document.createElement("template"); box.innerHTML = await answer.text(); $$("tbody[data-group]", box.content).forEach(row => place(row.outerHTML)); }
}

// --- Files may be dropped anywhere, chosen or pasted: one request per file, three at a time, each with its own row at once.
const zone = $("[data-drop]");
const waiting = [];
let going = 0;

if (zone) {
  for (const name of ["dragenter", "dragover"]) addEventListener(name, e => { if ([...e.dataTransfer.types].includes("Files")) { e.preventDefault(); zone.classList.add("over"); } });
  addEventListener("dragleave", e => { if (!e.relatedTarget) zone.classList.remove("over"); });
  addEventListener("drop", e => { if (!e.dataTransfer.files.length) return; e.preventDefault(); zone.classList.remove("over"); take(e.dataTransfer.files); });
  addEventListener("paste", e => { if (e.clipboardData?.files.length) take(e.clipboardData.files); });
  zone.addEventListener("change", e => { if (e.target.type === "file") { take(e.target.files); e.target.value = ""; } });
}

function take(files) {
  for (const file of files) { waiting.push({ file, row: sending(file) }); }
  while (going < 3 && waiting.length) next();
}

function sending(file) {
  const body = document.createElement("tbody");
  body.innerHTML = '<tr><td><div class="name"><div class="grow"><b></b></div></div></td><td></td><td><div class="stage"><ol><li class="now"></li></ol><progress class="bar" max="100" value="0"></progress></div></td><td></td><td></td><td></td></tr>';
  $("b", body).textContent = file.name;
  $(".now", body).textContent = zone.dataset.sending.replace("%d", "0");
  $("#nothing")?.remove();
  body.dataset.group = "reading";
  const group = $("#g-reading");
  group.hidden = false; group.after(body);
  return body;
}

function next() {
  const job = waiting.shift();
  if (!job) return;
  going++;
  const form = new FormData(zone), ask = new XMLHttpRequest();
  form.delete("file"); form.append("file", job.file, job.file.name);
  ask.open("POST", zone.action);
  ask.setRequestHeader("HX-Request", "true");
  ask.setRequestHeader("Accept", "text/html");
  ask.upload.onprogress = e => { const done = Math.round(100 * e.loaded / e.total); $("progress", job.row).value = done; $(".now", job.row).textContent = zone.dataset.sending.replace("%d", done); };
  ask.onload = () => ask.status < 300 ? (job.row.remove(), place(ask.responseText)) : refuse(job.row, ask);
  ask.onerror = () => refuse(job.row, null);
  ask.onloadend = () => { going--; next(); };
  if (job.file.size > zone.dataset.limit * 1048576) { refuse(job.row, null, zone.dataset.tooLarge); going--; return next(); }
  ask.send(form);
}

// A file that was not taken in says so in its own row.
function refuse(row, ask, why) {
  const said = document.createElement("div");
  said.innerHTML = ask?.responseText || "";
  const stage = $(".stage", row);
  stage.innerHTML = '<ol><li class="end-bad"></li></ol><span class="xs qq"></span>';
  $("li", stage).textContent = zone.dataset.refused;
  $("span", stage).textContent = why || $("[data-reason]", said)?.textContent || "";
  row.dataset.group = "attention";
}

// --- Wait until HTMX stands, then finish what the page asked for.
document.addEventListener("DOMContentLoaded", arrive);
document.addEventListener("htmx:afterSettle", arrive);
if (matchMedia("(max-width: 760px)").matches) $$("details.ff").forEach(d => { d.open = false; });

// A picture that does not come leaves its words.
document.addEventListener("error", e => {
  if (e.target.tagName !== "IMG") return;
  const words = Object.assign(document.createElement("p"), { className: "nopicture", textContent: e.target.dataset.none || e.target.alt });
  e.target.replaceWith(words);
}, true);

// A page that could not be made asks again by itself.
const again = $("[data-retry]");
if (again) setTimeout(() => location.reload(), 1000 * again.dataset.retry);
