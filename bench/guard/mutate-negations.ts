import { splice } from "./splice.ts";

const FRENCH_VERB =
  /(?<=[\p{L}\d»)] )(?:est|sont|était|étaient|a|ont|avait|avaient|peut|peuvent|doit|doivent|fut|furent|sera|seront|permet|permettent|devient|reste|reçoit|compte|comprend|joue|remporte|représente|constitue|possède)(?= \p{Ll})/gu;
const ENGLISH_VERB =
  /(?<=[\p{L}\d)] )(?:is|are|was|were|has|have|had|can|could|will|would|must|should|may|might)(?= \p{Ll})/gu;
/** "a" may be English or end a place's name; French "est" may be the east. Words before that make them no verb. */
const NO_VERB = /(?:^|[\s'’])(?:ne|n['’]|d['’]|l['’]|à l['’]|y|il y|en|se|s['’]|qu['’]on) ?$/iu;

const FRENCH_DENIAL = /(?<!\p{L})(?:ne |n['’])(\S+(?: \S+)?) (?:pas|plus|jamais)(?!\p{L})(?! seulement)/gu;
const ENGLISH_DENIALS: Array<[RegExp, string]> = [
  [/(?<=\b(?:is|are|was|were|has|have|had|can|could|will|would|must|should|may|might)) not\b(?! only)/g, ""],
  [/\bcannot\b/g, "can"],
  [/(?<=\b(?:is|are|was|were|has|have|had|could|would|should))n['’]t\b/g, ""],
  [/\b(?:did|does|do) not /g, ""],
  [/\b(?:did|does|do)n['’]t /g, ""],
  [/\bnever /g, ""],
  [/\bwithout\b/g, "with"],
];

/** Each finite verb that can be denied, denied; each denial left out. */
export function mutateNegations(sentence: string, language: "fr" | "en"): string[] {
  return language === "fr" ? inFrench(sentence) : inEnglish(sentence);
}

function inFrench(sentence: string): string[] {
  const denied = [...sentence.matchAll(FRENCH_VERB)]
    .filter((match) => isFree(sentence, match, /^ (?:pas|plus|jamais|que|qu['’]|rien|aucun)/))
    .map((match) => splice(sentence, match, `${/^[aeéo]/.test(match[0]) ? "n'" : "ne "}${match[0]} pas`));
  const affirmed = [...sentence.matchAll(FRENCH_DENIAL)].map((match) =>
    splice(sentence, match, match[1] ?? ""),
  );
  const held = [...sentence.matchAll(/(?<=\p{L} )sans(?= (?!doute|cesse))/gu)].map((match) =>
    splice(sentence, match, "avec"),
  );
  return [...denied, ...affirmed, ...held];
}

function inEnglish(sentence: string): string[] {
  const denied = [...sentence.matchAll(ENGLISH_VERB)]
    .filter((match) => isFree(sentence, match, /^ (?:not|never|no|nothing|none|neither)\b/))
    .map((match) => splice(sentence, match, `${match[0]} not`));
  const affirmed = ENGLISH_DENIALS.flatMap(([pattern, instead]) =>
    [...sentence.matchAll(pattern)].map((match) => splice(sentence, match, instead)),
  );
  return [...denied, ...affirmed];
}

function isFree(sentence: string, match: RegExpMatchArray, denial: RegExp): boolean {
  const start = match.index ?? 0;
  return !NO_VERB.test(sentence.slice(0, start)) && !denial.test(sentence.slice(start + match[0].length));
}
