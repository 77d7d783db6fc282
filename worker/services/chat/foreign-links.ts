/** Where a link, an image or a tag may begin, and the end of a link's text. */
const SUSPECT = /!?\[|\]\(|<[a-z/]|https?:\/\/|www\./i;
/** An end of the text that may still become one. */
const UNFINISHED = /(?:!|\]|<|https?:?\/?|htt?|h|w{1,3})$/i;

const LINK = /^!?\[([^[\]\n]{0,300})\]\([^)\n]{0,2000}\)/;
const OPEN_LINK = /^!?\[[^[\]\n]{0,300}(?:\](?:\([^)\n]{0,2000})?)?$/;
const TARGET = /^\]\([^)\n]{0,2000}\)/;
const OPEN_TARGET = /^\]\([^)\n]{0,2000}$/;
const TAG = /^<\/?[a-z][^<>]{0,1000}>/i;
const OPEN_TAG = /^<[^<>]{0,1000}$/;
const AUTOLINK = /^<(?:https?:|www\.)/i;
/** What makes a tag load or run something. */
const ACTIVE = /[\s/"'](?:src|srcset|href|action|poster|style|on\w+)\s*=/i;
const ADDRESS = /^(?:https?:\/\/|www\.)[^\s<>"'`\])}]{0,2000}/i;
const CLOSING = /[.,;:!?…»]+$/;

/** The length of "https:/", the longest start of a link that a text can end with, in UTF-16 units. */
const LONGEST_START = 7;

/** What stands in the place of an address that was taken out. */
const REMOVED = "…";

/**
 * A piece of held text that is decided: what is shown of it, words of it that are looked at again together with what
 * follows, and how much of it that was.
 */
type Decided = { shown: string; again?: string; length: number };

/**
 * Takes out of a model's text what a document could have made it write to send a reader, or their browser, elsewhere:
 * images and links keep their words and lose their target, tags that load or run something go, and an address is
 * shown only when it stands in `known`, the text that the model was given. What stood on both sides of something
 * taken out never grows together into a link. Text comes in pieces of any length; what may still become a link is
 * held back.
 */
export function createLinkGate(known: string) {
  let held = "";
  let tail = "";

  function take(isLast: boolean): string {
    let shown = "";
    const show = (text: string) => {
      shown += text;
      tail = (tail + text).slice(-LONGEST_START);
    };
    for (;;) {
      const at = held.search(SUSPECT);
      if (at === -1) {
        const kept = isLast ? 0 : (UNFINISHED.exec(held)?.[0].length ?? 0);
        show(held.slice(0, held.length - kept));
        held = held.slice(held.length - kept);
        return shown;
      }
      show(held.slice(0, at));
      held = held.slice(at);
      const decided = decide(held, known, isLast);
      if (!decided) return shown;
      show(decided.shown);
      const isShort = decided.shown.length < decided.length;
      if (isShort && UNFINISHED.test(tail)) show(" ");
      held = (decided.again ?? "") + held.slice(decided.length);
    }
  }

  return {
    push(delta: string): string {
      held += delta;
      return take(false);
    },
    /** What is still held at the end. */
    rest: () => take(true),
  };
}

/** Null while more text is needed to tell. */
function decide(text: string, known: string, isLast: boolean): Decided | null {
  if (text.startsWith("<")) return decideTag(text, isLast);
  if (text.startsWith("](")) {
    const target = TARGET.exec(text)?.[0];
    if (target) return { shown: "]", length: target.length };
    return isLast || !OPEN_TARGET.test(text) ? { shown: "] (", length: 2 } : null;
  }
  if (/^!?\[/.test(text)) {
    const link = LINK.exec(text);
    if (link) return { shown: "", again: link[1] ?? "", length: link[0].length };
    return isLast || !OPEN_LINK.test(text) ? { shown: text.slice(0, 1), length: 1 } : null;
  }
  const address = ADDRESS.exec(text)?.[0] ?? "";
  if (address.length === text.length && !isLast) return null;
  const closing = CLOSING.exec(address)?.[0] ?? "";
  const bare = address.slice(0, address.length - closing.length);
  return { shown: (known.includes(bare) ? bare : REMOVED) + closing, length: address.length };
}

function decideTag(text: string, isLast: boolean): Decided | null {
  // The address after it is looked at by itself.
  if (AUTOLINK.test(text)) return { shown: "", length: 1 };
  const tag = TAG.exec(text)?.[0];
  if (tag) return { shown: ACTIVE.test(tag) ? "" : tag, length: tag.length };
  // Kept apart from its name, or what is taken out further on could still make a tag of it.
  if (!OPEN_TAG.test(text)) return { shown: "< ", length: 1 };
  if (!isLast) return null;
  return ACTIVE.test(text) ? { shown: "", length: text.length } : { shown: "<", length: 1 };
}
