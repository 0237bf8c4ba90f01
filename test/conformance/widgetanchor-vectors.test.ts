import { describeVectors } from "./vectors.js";

describeVectors("widgetanchor", "pure", 230);
