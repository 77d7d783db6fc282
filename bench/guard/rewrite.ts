import { splice } from "./splice.ts";

/** A sentence told in another way, that says the same. */
export type Rewrite = { kind: string; text: string };

const MONTHS = {
  fr: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" "),
  en: "January February March April May June July August September October November December".split(" "),
};
const NUMBERS = {
  fr: "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split(" "),
  en: "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split(
    " ",
  ),
};
const FRAMES = { fr: ["Selon le document, ", "D’après le texte, "], en: ["According to the document, "] };
/** Share of a sentence that has to stay when its last clause is dropped. */
const MIN_KEPT = 0.6;

/** Light rewordings of a sentence, and the sentence itself: none of them may be flagged. */
export function rewrite(sentence: string, language: "fr" | "en"): Rewrite[] {
  const rewrites: Array<[string, string | null]> = [
    ["verbatim", sentence],
    ["frame", frame(sentence, language)],
    ["numbers", notation(sentence)],
    ["dates", dates(sentence, language)],
    ["words", spell(sentence, language)],
    ["digits", unspell(sentence, language)],
    ["percent", percent(sentence, language)],
    ["quotes", quotes(sentence)],
    ["fronted", unfront(sentence)],
    ["shorter", shorten(sentence)],
    ["aside", dropAside(sentence)],
  ];
  return rewrites.flatMap(([kind, text]) =>
    text !== null && (kind === "verbatim" || text !== sentence) ? [{ kind, text }] : [],
  );
}

function frame(sentence: string, language: "fr" | "en"): string | null {
  const first = /^(?:Le|La|Les|L['’]|Il|Elle|Un|Une|The|In|En|He|It|They|A) ?/.exec(sentence)?.[0];
  const prefix = FRAMES[language][sentence.length % FRAMES[language].length] ?? "";
  return first ? prefix + first.toLowerCase() + sentence.slice(first.length) : prefix + sentence;
}

/** "1 250,5" and "1,250.5": each for the other. */
function notation(sentence: string): string | null {
  const french = /(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?(?![\d.,]\d)/.exec(sentence);
  if (french) {
    return splice(sentence, french, french[0].replace(",", ".").replace(/[ \u00a0\u202f]/g, ","));
  }
  const english = /(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d.,]\d)/.exec(sentence);
  return english && splice(sentence, english, english[0].replaceAll(",", " ").replace(".", ","));
}

function dates(sentence: string, language: "fr" | "en"): string | null {
  const months = MONTHS[language];
  const name = `(${months.join("|")})`;
  const french = new RegExp(`(?<!\\d)(\\d{1,2})(?:er)? ${name} ([12]\\d{3})`, "u").exec(sentence);
  if (french) {
    const month = String(months.indexOf(french[2] ?? "") + 1).padStart(2, "0");
    return splice(sentence, french, `${(french[1] ?? "").padStart(2, "0")}/${month}/${french[3]}`);
  }
  const english = new RegExp(`${name} (\\d{1,2}), ([12]\\d{3})`, "u").exec(sentence);
  return english && splice(sentence, english, `${english[2]} ${english[1]} ${english[3]}`);
}

function spell(sentence: string, language: "fr" | "en"): string | null {
  const digits = /(?<![\p{L}\d.,/:$€£-] ?|no )(?:[2-9]|1[0-6])(?= \p{Ll}{4})/u.exec(sentence);
  return digits && splice(sentence, digits, NUMBERS[language][Number(digits[0]) - 2] ?? digits[0]);
}

function unspell(sentence: string, language: "fr" | "en"): string | null {
  const words = NUMBERS[language].filter((word) => word !== "neuf");
  const spelled = new RegExp(
    `(?<![\\p{L}-])(?:${words.join("|")})(?= \\p{Ll}{4})(?! (?:cent|mille|vingt|hundred|thousand))`,
    "u",
  ).exec(sentence);
  return spelled && splice(sentence, spelled, String(NUMBERS[language].indexOf(spelled[0]) + 2));
}

function percent(sentence: string, language: "fr" | "en"): string | null {
  const sign = /(?<=\d)[ \u00a0\u202f]?%/.exec(sentence);
  return sign && splice(sentence, sign, language === "fr" ? " pour cent" : " percent");
}

function quotes(sentence: string): string | null {
  const changed = sentence.replace(/["“”«»][\u00a0\u202f ]?/g, '"').replaceAll("’", "'");
  return changed === sentence ? sentence.replaceAll("'", "’") : changed;
}

function shorten(sentence: string): string | null {
  const at = sentence.lastIndexOf(", ");
  return at > sentence.length * MIN_KEPT ? `${sentence.slice(0, at)}.` : null;
}

/** "En 2019, il …" as "Il … en 2019". */
function unfront(sentence: string): string | null {
  const parts =
    /^((?:En|Au|Aux|À|Dans|Pendant|Lors|Après|Avant|In|On|At|During|After|Before|Since|Depuis) [^,.;]{3,60}), ([^;]+)\.$/u.exec(
      sentence,
    );
  const [, front = "", rest = ""] = parts ?? [];
  return (
    parts &&
    `${rest.charAt(0).toUpperCase()}${rest.slice(1)} ${front.charAt(0).toLowerCase()}${front.slice(1)}.`
  );
}

function dropAside(sentence: string): string | null {
  const aside = / \([^()]+\)/.exec(sentence);
  return aside && aside[0].length < sentence.length * (1 - MIN_KEPT) ? splice(sentence, aside, "") : null;
}
