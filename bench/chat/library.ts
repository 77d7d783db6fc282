/** What every server under test is asked about: a manual of `SUBJECTS` short sections, the same in every run. */

const PLACES = [
  "harbour",
  "hill",
  "river",
  "forest",
  "station",
  "market",
  "castle",
  "island",
  "valley",
  "bridge",
];
const THINGS = [
  "heat pump",
  "water meter",
  "goods lift",
  "fire door",
  "smoke detector",
  "roof drain",
  "cold store",
  "loading ramp",
  "backup generator",
  "air filter",
  "boiler",
  "solar array",
  "sprinkler valve",
  "weighing scale",
  "security gate",
  "ventilation shaft",
  "conveyor belt",
  "pressure vessel",
  "lightning rod",
  "compressor",
];

export const SUBJECTS = PLACES.length * THINGS.length;
/** Tokens of every answer, and of a rephrased question. */
export const TOKENS = { answer: 60, rephrased: 16 };

type Subject = { thing: string; weeks: number; minutes: number; reference: number };

function subjectOf(question: number): Subject {
  const number = question % SUBJECTS;
  const place = PLACES[number % PLACES.length];
  const thing = THINGS[Math.floor(number / PLACES.length)];
  return {
    thing: `${place} ${thing}`,
    weeks: 2 + ((number * 7) % 50),
    minutes: 15 + ((number * 13) % 160),
    reference: 4_000 + number * 11,
  };
}

/** The sentences that an answer is made of; each stands in the manual. */
function factsOf({ thing, weeks, minutes, reference }: Subject): string[] {
  return [
    `The ${thing} is inspected every ${weeks} weeks by two technicians of the site.`,
    `An inspection of the ${thing} takes ${minutes} minutes and is noted in register ${reference}.`,
    `Whoever finds the ${thing} out of order tells the duty office before the end of the shift.`,
  ];
}

/** The manual as Markdown, a section a subject, of about a chunk's length each. */
export function manual(): string {
  const sections = Array.from({ length: SUBJECTS }, (_, number) => {
    const subject = subjectOf(number);
    return [
      `## ${subject.thing}`,
      ...factsOf(subject),
      `Spare parts of the ${subject.thing} are ordered from the central depot, which delivers on weekdays only.`,
      "The keys are kept by the porter; nobody enters alone, and the power is cut before a cover is opened.",
      "Photographs from before and after are added, with the names of those who were present and the weather.",
      "What can't be repaired at once is fenced off, marked with the yellow sign and reported the same day.",
    ].join("\n\n");
  });
  return ["# Manual of the sites", ...sections].join("\n\n");
}

/** One question. `number` is in its text, so that the model's calls for it can be told from others'. */
export type Question = { number: number; text: string };

/** A conversation's first question, or the one that leans on it; `number` modulo `SUBJECTS` is what it is about. */
export function ask(number: number, turn: "first" | "follow-up"): Question {
  const { thing } = subjectOf(number);
  const text = turn === "first" ? `How often is the ${thing} inspected?` : "And how long does it take?";
  return { number, text: `${text} (case ${number})` };
}

/** The follow-up as a model puts it that was told to make it stand alone. */
export function rephrase(number: number): string {
  return `How long does an inspection of the ${subjectOf(number).thing} take? (case ${number})`;
}

/** The number of the last question that a prompt or an input holds; null for what is no question, like the manual. */
export function numberIn(text: string): number | null {
  const found = text.match(/\(case \d+\)/g)?.at(-1);
  return found ? Number(found.slice(6, -1)) : null;
}

/** What the model writes: three sentences, each citing the first passage. */
export function answerTo(number: number): string {
  return factsOf(subjectOf(number))
    .map((fact) => `${fact.slice(0, -1)} [1].`)
    .join(" ");
}

/** A text in so many pieces of nearly one length. */
export function cutInto(text: string, pieces: number): string[] {
  return Array.from({ length: pieces }, (_, at) =>
    text.slice(Math.round((at * text.length) / pieces), Math.round(((at + 1) * text.length) / pieces)),
  );
}
