// The author's workbench. A conversation is the list of lines that were sent, so it can
// be held again with a flow that has changed since. Words are always set as text.
"use strict";

const EVERY_MS = 1000;
const TICKS = new Map([[true, "☑ "], [false, "☐ "]]);
const byId = (id) => document.getElementById(id);

let name = "";
let sent = [];
let reading = 0;
let shown = "";
let busy = Promise.resolve(); // one thing at a time: taps wait for a conversation that is held again

async function asked(path, body) {
  const method = body === undefined ? "GET" : "POST";
  const response = await fetch(path, { method, body });
  return response.json();
}

function inTurn(work) {
  busy = busy.then(work).catch((error) => {
    byId("notice").textContent = `${error.message}. Is waymark preview still running?`;
  });
  return busy;
}

function element(kind, text, attributes = {}) {
  const made = document.createElement(kind);
  made.textContent = text;
  return Object.assign(made, attributes);
}

async function turn(line) {
  const told = await asked(`turn/${name}`, JSON.stringify(line));
  byId("notice").textContent = told.error ?? "";
  if (told.error) return false;
  sent.push(line);
  show(told);
  return true;
}

async function hold(lines) {
  const begun = await asked(`begin?${new URLSearchParams({ at: byId("at").value })}`, "");
  byId("notice").textContent = begun.error ?? "";
  if (begun.error) return;
  name = begun.name;
  sent = [];
  for (const line of lines) {
    if (!(await turn(line))) return;
  }
}

function button(label, line, look = "") {
  const made = element("button", label, { type: "button", className: look });
  made.addEventListener("click", () => inTurn(() => turn(line)));
  return made;
}

function show(told) {
  const screen = byId("screen");
  screen.className = told.kind;
  screen.textContent = told.step === null
    ? "They have left. What they answered is forgotten." : told.text;
  byId("options").replaceChildren(...told.options.map((option) =>
    button((TICKS.get(option.ticked) ?? "") + option.label, { tap: option.id })));
  const label = (id) => told.labels[id] ?? id;
  byId("standing").replaceChildren(
    ...told.standing.map((id) => button(label(id), { tap: id })),
    ...told.interrupts.map((id) => button(label(id), { interrupt: id }, "interrupt")));
  showDetails(told);
  mark(told.step);
}

function showDetails(told) {
  const rows = { step: told.step, "kind of step": told.kind, "fired": told.interrupt,
    "main route": told.route, services: told.services.join(", "), ...told.facts };
  byId("details").replaceChildren(...Object.entries(rows)
    .filter(([, value]) => value !== null && value !== "")
    .flatMap(([key, value]) => [element("dt", key), element("dd", String(value))]));
}

function mark(step) {
  document.querySelectorAll("#picture .here").forEach((each) => each.classList.remove("here"));
  const shape = step && document.querySelector(`#picture [id="${CSS.escape(step)}"]`);
  if (!shape) return;
  shape.classList.add("here");
  shape.scrollIntoView({ block: "nearest", inline: "center" });
}

async function showPicture() {
  const text = await (await fetch("picture.svg")).text();
  const drawn = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  byId("picture").replaceChildren(document.importNode(drawn, true));
}

function showState(state) {
  byId("flow").textContent = `${state.flow}, version ${state.version}`;
  const verdict = byId("verdict");
  const blocking = state.findings.filter((found) => found.blocks).length;
  verdict.className = blocking ? "blocked" : "";
  if (blocking) verdict.textContent = `Not fit to publish: ${blocking} to mend.`;
  else if (!state.proved) verdict.textContent = "Checking every way through it …";
  else verdict.textContent = "Fit to publish: nothing to mend.";
  byId("findings").replaceChildren(...state.findings.map(finding));
}

function finding(found) {
  const item = element("li", "", { className: found.blocks ? "" : "advice" });
  item.append(element("code", found.place), ` ${found.says} ${found.cure} `);
  if (found.shown_by.length) {
    // The first line is the command, with the time where that matters.
    const [command, ...lines] = found.shown_by;
    const shows = element("button", "Show me", { type: "button" });
    shows.addEventListener("click", () => inTurn(() => {
      byId("at").value = command.split(" --at ")[1] ?? "";
      return hold(lines.map((line) => JSON.parse(line)));
    }));
    item.append(shows);
  }
  return item;
}

async function look() {
  const state = await asked("state");
  const told = JSON.stringify(state);
  if (told === shown) return; // a button that is made anew cannot be tapped
  showState(state);
  if (state.reading !== reading) {
    reading = state.reading;
    await showPicture();
    await hold(sent.length ? sent : [{ start: true }]);
  }
  shown = told;
}

byId("typing").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = byId("words");
  const text = words.value;
  words.value = "";
  if (text) inTurn(() => turn({ say: text }));
});
byId("at").addEventListener("change", () => inTurn(() => hold(sent)));
byId("restart").addEventListener("click", () => inTurn(() => hold([{ start: true }])));
inTurn(look);
setInterval(() => inTurn(look), EVERY_MS);
