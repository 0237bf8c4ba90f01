/**
 * What the bench asks of Python: one request (JSON on standard input), one line of JSON with seconds a run, of processor time
 * for scikit-image and a plain quadratic LCS, of wall time for Design2Code, which comes from a checkout of its repository.
 * CLIP is left out (also on our side), and every screenshot is taken with the browser of the bench: in a process and
 * browser of its own, as published, or in one browser that stays open. The function that drives Design2Code does not parse
 * as published (its indentation is broken), so the same steps are written out here.
 */
export const PYTHON_SCRIPT = `
import json, os, shlex, subprocess, sys, tempfile, time, types

SHOT = '''
import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    browser = p.chromium.launch(executable_path=sys.argv[3], args=["--no-sandbox"])
    page = browser.new_page()
    page.goto("file://" + sys.argv[1], timeout=60000)
    page.screenshot(path=sys.argv[2], full_page=True, animations="disabled", timeout=60000)
    browser.close()
'''

def timed(work, repeats, clock=time.perf_counter):
    seconds = []
    for _ in range(repeats):
        start = clock()
        work()
        seconds.append(clock() - start)
    return seconds

def ssim(request):
    import numpy as np
    from skimage.metrics import structural_similarity
    shape = (request["height"], request["width"], 3)
    a, b = (np.fromfile(request[side], dtype=np.uint8).reshape(shape) for side in ("a", "b"))
    options = {"channel_axis": 2, "data_range": 255}
    if request["window"] == "gaussian":
        options.update(gaussian_weights=True, sigma=1.5, use_sample_covariance=False)
    value = structural_similarity(a, b, **options)
    return {"value": float(value), "seconds": timed(lambda: structural_similarity(a, b, **options), request["repeats"], time.process_time)}

def longest_common(a, b):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            table[i + 1][j + 1] = table[i][j] + 1 if x == y else max(table[i][j + 1], table[i + 1][j])
    return table[-1][-1]

def lcs(request):
    a, b = request["a"], request["b"]
    return {"value": longest_common(a, b), "seconds": timed(lambda: longest_common(a, b), request["repeats"], time.process_time)}

class Shell:
    """Stands in for the os module of the published code: takes its screenshots, removes its files."""
    def __init__(self, shoot):
        self.shoot = shoot
    def system(self, command):
        words = shlex.split(command)
        if words[0] == "rm":
            for name in words[1:]:
                os.remove(name)
        else:
            self.shoot(words[words.index("--html") + 1], words[words.index("--png") + 1])

def stub(name, **members):
    module = types.ModuleType(name)
    module.__dict__.update(members)
    sys.modules[name] = module

def load_design2code(checkout):
    no = lambda *_, **__: None
    stub("torch", cuda=types.SimpleNamespace(is_available=lambda: False))
    stub("clip", load=lambda *_, **__: (None, None))
    stub("matplotlib"); stub("matplotlib.pyplot"); stub("tqdm", tqdm=no)
    stub("sklearn"); stub("sklearn.metrics"); stub("sklearn.metrics.pairwise", cosine_similarity=no)
    sys.path.insert(0, checkout)
    from Design2Code.metrics import ocr_free_utils
    with open(os.path.join(checkout, "Design2Code", "metrics", "visual_score.py")) as file:
        source = file.read()
    visual = {}
    exec(source[: source.index("def visual_eval_v3_multi")], visual)
    return ocr_free_utils, visual

def design2code(request):
    from copy import deepcopy
    ocr, visual = load_design2code(request["checkout"])
    folder = tempfile.mkdtemp()
    def score(prediction, reference, shoot):
        ocr.os = Shell(shoot)
        blocks = []
        for name, html in (("prediction", prediction), ("reference", reference)):
            path = os.path.join(folder, name + ".html")
            with open(path, "w") as file:
                file.write(html)
            if name == "prediction":
                visual["pre_process"](path)
            picture = path.replace(".html", ".png")
            shoot(path, picture)
            blocks.append(visual["merge_blocks_by_bbox"](ocr.get_blocks_ocr_free(picture)))
        mine, wanted = blocks
        if not mine or not wanted:
            return 0.0
        mine, wanted, pairs = visual["find_possible_merge"](mine, deepcopy(wanted), 0.1, 1)
        area = lambda block: block["bbox"][2] * block["bbox"][3]
        centre = lambda block: [block["bbox"][k] + block["bbox"][k + 2] / 2 for k in (0, 1)]
        kept = []
        for i, j in pairs:
            a, b = mine[i], wanted[j]
            text = visual["calculate_similarity"](a, b)
            if text >= 0.5:
                place = 1 - visual["calculate_distance_max_1d"](*centre(a), *centre(b))
                kept.append((area(a) + area(b), text, place, visual["color_similarity_ciede2000"](a["color"], b["color"])))
        if not kept:
            return 0.0
        size = sum(k[0] for k in kept) / (sum(map(area, mine)) + sum(map(area, wanted)))
        return (size + sum(sum(k[n] for k in kept) / len(kept) for n in (1, 2, 3))) / 4
    def own_process(html, png):
        subprocess.run([sys.executable, "-c", SHOT, html, png, request["browser"]], check=True)
    from playwright.sync_api import sync_playwright
    values, published, shared = [], [], []
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=request["browser"], args=["--no-sandbox"])
        def one_browser(html, png):
            page = browser.new_page()
            page.goto("file://" + html, timeout=60000)
            page.screenshot(path=png, full_page=True, animations="disabled", timeout=60000)
            page.close()
        for prediction, reference in request["pairs"]:
            shared += timed(lambda: values.append(score(prediction, reference, one_browser)), 1)
        browser.close()
    for prediction, reference in request["pairs"][: request["published"]]:
        published += timed(lambda: score(prediction, reference, own_process), 1)
    return {"values": values, "shared": shared, "published": published}

request = json.load(sys.stdin)
print(json.dumps({"ssim": ssim, "lcs": lcs, "design2code": design2code}[request["what"]](request)))
`;
