// Makes the extraction rules of every published system known by name, without their rewards.
import "./frontcoder/extraction.js";
import "./vcoder/extraction.js";
import "./webgen-r1/extraction.js";
import "./widgetanchor/extraction.js";
