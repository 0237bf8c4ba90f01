/**
 * Pages that could answer any request, from a bare hero to a header with navigation, cards and a footer, none of it about
 * anything. What they have in common with a reference is no sign of having read the task, so the similarity of the pages
 * preset starts there.
 */
export const SKELETONS: readonly string[] = [
  page("<main><header><h1></h1><p></p><button></button></header></main>"),
  page(
    "<main><header><h1></h1><p></p><a href=#></a></header><section><h2></h2><p></p></section></main><footer><p></p></footer>",
  ),
  page(
    `<header><nav>${"<a href=#></a>".repeat(3)}</nav></header>
<main>
<section><h1></h1><p></p><button></button></section>
<section><h2></h2><div>${"<article><h3></h3><p></p></article>".repeat(3)}</div></section>
</main>
<footer><p></p></footer>`,
  ),
  page(
    `<header><a href=#></a><nav><ul>${"<li><a href=#></a></li>".repeat(3)}</ul></nav></header>
<main>
<section><h1></h1><p></p><a href=#></a></section>
<section><h2></h2><div>${"<div><h3></h3><p></p></div>".repeat(6)}</div></section>
<section><h2></h2><p></p><p></p></section>
</main>
<footer><p></p></footer>`,
  ),
];

function page(body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title></title>
<style></style>
</head>
<body>
${body}
</body>
</html>
`;
}
