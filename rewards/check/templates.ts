/** Pages of sites that many people have made before: tidy, complete, and about nothing in particular. */
export const TEMPLATES: Readonly<Record<string, string>> = {
  landing: `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Welcome to our website</title>
<style>
body{margin:0;font:1.1rem/1.6 Arial,sans-serif;color:#1f2937;background:#fff}
header,section,footer{padding:3rem 2rem}
nav{display:flex;gap:1.5rem;padding:1rem 2rem}
header{text-align:center;background:#eef2ff}
h1{font-size:3.5rem;margin:0}
.grid{display:grid;gap:1rem;grid-template-columns:repeat(3,1fr)}
article{padding:1.5rem;background:#f3f4f6;border-radius:1rem}
button{padding:.8rem 1.6rem;border:0;border-radius:1rem;background:#1d4ed8;color:#fff;font:inherit}
</style></head>
<body>
<nav><b>Company</b><a href="#">Home</a><a href="#">About</a><a href="#">Contact</a></nav>
<main>
<header><h1>Welcome to our website</h1><p>We help you succeed.</p><button>Get started</button></header>
<section><h2>Features</h2><div class="grid"><article><h3>Fast</h3><p>Very fast.</p></article><article><h3>Secure</h3><p>Very secure.</p></article><article><h3>Support</h3><p>Very helpful.</p></article></div></section>
<section><h2>Contact</h2><form><label>Name <input name="name"></label> <label>Email <input name="email"></label> <button>Send</button></form></section>
</main>
<footer><p>All rights reserved</p></footer>
</body>
</html>`,
  software: `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Ship software faster</title>
<style>
body{margin:0;font:1.1rem/1.6 Arial,sans-serif;color:#f4f4f5;background:#0b0d12}
main>*{padding:3rem 2rem}
h1{font-size:2.4rem;margin:0}
.row{display:flex;gap:1rem}
.row>*{flex:1;padding:1.5rem;background:#181b24;border-radius:1rem}
a.button{display:inline-block;padding:.8rem 1.6rem;border-radius:2rem;background:#8b35d0;color:#fff}
</style></head>
<body>
<main>
<header><h1>Ship better software every day</h1><p>The platform for modern teams.</p><a class="button" href="#">Learn more</a></header>
<section><h2>Pricing</h2><div class="row"><article><h3>Starter</h3><b>$9</b></article><article><h3>Growth</h3><b>$29</b></article><article><h3>Enterprise</h3><b>$99</b></article></div></section>
<section><h2>Numbers</h2><div class="row"><p><b>120</b> teams</p><p><b>24</b> cities</p></div></section>
<section><h2>Questions</h2><details><summary>Is it free?</summary><p>For a month.</p></details></section>
</main>
<footer><p>Built by engineers</p></footer>
</body>
</html>`,
  shop: `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>The corner shop</title>
<style>
body{margin:0;font:1.1rem/1.6 Times,serif;color:#292524;background:#fffaf5}
nav,main>*{padding:2rem}
h1{font-size:3.2rem;margin:0}
.grid{display:grid;gap:1rem;grid-template-columns:1fr 1fr}
th,td{padding:.6rem 1rem;text-align:left}
button{padding:.8rem 1.6rem;border:0;background:#bb4f0c;color:#fff;font:inherit}
</style></head>
<body>
<nav><a href="#">Home</a> <a href="#">Shop</a> <a href="#">News</a></nav>
<main>
<header><h1>Find good things for long evenings</h1><p>We are a book shop.</p><button>Shop now</button></header>
<section class="grid"><figure><svg viewBox="0 0 8 5"><path d="M0 5l3-4 3 4z"/></svg><figcaption>Sea</figcaption></figure><figure><svg viewBox="0 0 8 5"><path d="M0 5l3-4 3 4z"/></svg><figcaption>City</figcaption></figure></section>
<section><h2>Hours</h2><table><tr><th>Day</th><th>Hours</th></tr><tr><td>Monday</td><td>9 to 17</td></tr><tr><td>Sunday</td><td>10 to 18</td></tr></table></section>
</main>
<footer><p>Thanks for visiting</p></footer>
</body>
</html>`,
};
