/** The pages' only style sheet. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f4f5f7, #14171c);
  --card: light-dark(#fff, #1d2128);
  --text: light-dark(#1b1f26, #e8eaee);
  --quiet: light-dark(#565e6b, #a3abb8);
  --line: light-dark(#d9dde3, #353b45);
  --edge: light-dark(#858e9b, #6f7886);
  --accent: light-dark(#1c5c7a, #8cc8e6);
  --on-accent: light-dark(#fff, #0d1a22);
  --warn: light-dark(#fff3cd, #3d3312);
  --on-warn: light-dark(#4d3b00, #ffe9a8);
  --danger: light-dark(#a3231b, #ff9d94);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  min-height: 100vh;
  background: var(--page);
  color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif;
}
.banner {
  margin: 0;
  padding: 0.6rem 1rem;
  background: var(--warn);
  color: var(--on-warn);
  font-weight: 600;
  text-align: center;
  text-wrap: balance;
}
main { max-width: 32rem; margin: 0 auto; padding: 2rem 1rem 3rem; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; text-wrap: balance; }
h2 { margin: 0; font-size: 1.125rem; }
p { margin: 0 0 1rem; }
.card {
  padding: 1.25rem;
  margin-bottom: 1rem;
  border: 1px solid var(--line);
  border-radius: 0.75rem;
  background: var(--card);
}
.card > :last-child { margin-bottom: 0; }
.amount { margin: 0.25rem 0 1rem; font-size: 1.75rem; font-weight: 650; }
.amount small, .quiet { color: var(--quiet); font-size: 0.9375rem; font-weight: 400; }
dl { margin: 0.75rem 0 1.25rem; }
dl > div {
  display: flex;
  flex-wrap: wrap;
  justify-content: space-between;
  gap: 0 1rem;
  padding: 0.5rem 0;
  border-bottom: 1px solid var(--line);
}
dl > div:last-child { border-bottom: 0; }
dt { color: var(--quiet); }
dd { margin: 0; font-weight: 550; overflow-wrap: anywhere; }
form { margin: 0 0 0.625rem; }
button, .button {
  display: block;
  width: 100%;
  min-height: 2.75rem;
  padding: 0.6rem 1rem;
  border: 1px solid var(--edge);
  border-radius: 0.5rem;
  background: transparent;
  color: var(--text);
  font: inherit;
  font-weight: 600;
  text-align: center;
  text-decoration: none;
  cursor: pointer;
}
button:hover, .button:hover { border-color: var(--accent); }
.primary { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
.primary:hover { filter: brightness(1.08); }
.danger { border-color: currentColor; color: var(--danger); }
a { color: var(--accent); }
.primary:is(a) { color: var(--on-accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;
