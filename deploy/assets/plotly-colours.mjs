// culori as plotly.js uses it: hex, rgb(), hsl() and named colours, without the other
// thirty colour spaces that require('culori') brings.
import { modeHsl, modeLrgb, modeRgb, useMode } from './node_modules/culori/src/index-fn.js';

useMode(modeRgb);
useMode(modeLrgb);
useMode(modeHsl);

export {
  converter, formatHex, formatRgb, wcagContrast, wcagLuminance,
} from './node_modules/culori/src/index-fn.js';
