import { html } from "hono/html";
import { type Language, wordsIn } from "./words.ts";

export type Html = ReturnType<typeof html>;

/** A whole page around its content, under the banner that says what this is. */
export function layout({
  language,
  title,
  content,
}: {
  language: Language;
  title: string;
  content: Html;
}): Html {
  return html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>${title} · Ancre (test)</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/style.css" />
  </head>
  <body>
    <p class="banner" role="note">${wordsIn(language).banner}</p>
    <main>
      <h1>${title}</h1>
      ${content}
    </main>
  </body>
</html>`;
}

/** What a wrong or outdated link shows. */
export function missingPage(language: Language): Html {
  const { missing, missingNote } = wordsIn(language);
  return layout({ language, title: missing, content: html`<p>${missingNote}</p>` });
}

/** No scripts, nothing from elsewhere; a form may only end at the stand-in or at the origins named. */
export function contentSecurityPolicy(formTargets: string[]): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src data:",
    `form-action ${["'self'", ...formTargets].join(" ")}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
