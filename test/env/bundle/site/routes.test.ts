import { expect } from "chai";
import { readRoutes } from "../../../../env/bundle/site/routes.js";

const router = (text: string) => [`import { Routes } from 'react-router-dom';\n${text}`];

describe("the routes of a source", () => {
  it("are the paths of elements, nested ones below their parents", () => {
    const text = `<Route path="/" element={<Layout title={a > b ? "x" : "y"} />}>
      <Route index element={<Home />} />
      <Route path="shop" element={<Shop />}>
        <Route path="sale" element={<Sale />} />
      </Route>
      <Route element={<Guard />}><Route path='account' element={<Account />} /></Route>
      <Route path={"/about/"} element={<About />} />
      <Route path="posts/:id" element={<Post />} />
      <Route path="*" element={<Missing />} />
      {/* <Route path="old" element={<Old />} /> */}
    </Route>`;
    expect(readRoutes(router(text))).to.deep.equal({
      paths: ["/", "/shop", "/shop/sale", "/account", "/about"],
      patterns: ["/posts/:id"],
      hash: false,
    });
  });

  it("are the paths of objects", () => {
    const text = `const router = createBrowserRouter([
      { path: "/", element: <Layout />, children: [
        { index: true, element: <Home /> },
        { path: "shop", element: <Shop />, children: [{ path: "sale", element: <Sale /> }] },
        { path: "about", element: <About /> },
      ] },
      { path: "/login", element: <Login /> },
    ]);`;
    expect(readRoutes(router(text)).paths).to.deep.equal(["/", "/shop", "/shop/sale", "/about", "/login"]);
  });

  it("live in the fragment with a hash router", () => {
    expect(readRoutes(router("<HashRouter />")).hash).to.equal(true);
  });

  it("are read of any text without an error", () => {
    for (const text of [
      "<Route",
      "<Route path=",
      "</Route></Route>",
      "createBrowserRouter([[]]",
      '<Route path="a" ',
    ])
      expect(() => readRoutes(router(text))).to.not.throw();
  });
});
