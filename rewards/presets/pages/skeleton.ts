/**
 * A page that could answer any request: a header with navigation, a hero, a row of cards, a form, a footer, none of it
 * about anything. What it has in common with a reference is no sign of having read the task, so the similarity of the
 * pages preset starts there.
 */
export const SKELETON = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Page</title>
<style></style>
</head>
<body>
<header>
<a href="#">Brand</a>
<nav><ul><li><a href="#">One</a></li><li><a href="#">Two</a></li><li><a href="#">Three</a></li></ul></nav>
</header>
<main>
<section><h1>Heading</h1><p>Text</p><a href="#">Action</a></section>
<section><h2>Heading</h2>
<div>
<article><h3>Heading</h3><p>Text</p></article>
<article><h3>Heading</h3><p>Text</p></article>
<article><h3>Heading</h3><p>Text</p></article>
</div>
</section>
</main>
<footer><p>Text</p></footer>
</body>
</html>
`;
