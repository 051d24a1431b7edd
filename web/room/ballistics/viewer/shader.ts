/** Painting a pair with WebGL 2: one shader that lights, colours, splits, overlays, subtracts and tilts. It says what painting.ts says. */
import { DIFFERENCES, HEIGHTS, STAGE, TINTS } from './colours';
import { gainOf, lightWay, type Painter, type Pair, type Pane, panesOf, type Scene } from './scene';
import { ONE_ALONE } from './painting';
import type { Relief } from './surface';

const CORNERS = `#version 300 es
void main() { gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0); }`;

const colour = (of: readonly number[]): string => `vec3(${of.map((one) => (one / 255).toFixed(4)).join(', ')})`;
const LOOK = `#version 300 es
precision highp float;
precision highp sampler2D;
uniform sampler2D one, other, heights, differences;
uniform vec2 oneSize, otherSize;            // of each surface, micrometres
uniform vec4 pane;                          // left, bottom, wide, high: pixels
uniform vec4 view, pose;                    // cosine, sine, x, y
uniform vec3 way;                           // towards the light
uniform vec2 range;                         // lowest and highest height
uniform float scale, gain, lift, split, balance, span;
uniform vec2 tilt;                          // cosine, sine
uniform int shows;                          // 0 one, 1 other, 2 split, 3 overlay, 4 difference
uniform bool coloured, level;
out vec4 painted;

vec2 turn(vec2 p, vec2 by) { return vec2(by.x * p.x - by.y * p.y, by.y * p.x + by.x * p.y); }
// Height, slopes as the screen sees them, and how well the place is known.
vec4 flatly(bool second, vec2 q) {
  vec2 p = turn(q, vec2(view.x, -view.y)) + view.zw;
  if (second) p = turn(p - pose.zw, vec2(pose.x, -pose.y));
  vec2 at = p / (second ? otherSize : oneSize) + 0.5;
  if (at.x < 0.0 || at.y < 0.0 || at.x > 1.0 || at.y > 1.0) return vec4(0.0);
  vec4 found = second ? texture(other, at) : texture(one, at);
  if (found.w < 0.5) return vec4(0.0);
  found.xyz /= found.w;
  if (second) found.yz = turn(found.yz, pose.xy);
  return vec4(found.x, turn(found.yz, view.xy), 1.0);
}
vec4 seen(bool second, vec2 q) {
  if (tilt.y == 0.0) return flatly(second, q);
  vec2 ends = range.yx * lift * 1.25;
  vec4 found;
  for (int step = 0; step <= 24; step++) {
    float height = mix(ends.x, ends.y, float(step) / 24.0);
    found = flatly(second, vec2(q.x, (q.y + height * tilt.y) / tilt.x));
    if (found.w > 0.0 && found.x * lift >= height) return found;
  }
  return found;
}
float light(vec4 at) {
  vec3 upright = normalize(vec3(-gain * at.yz, 1.0));
  return 0.05 + 0.95 * max(0.0, dot(upright, way));
}
vec3 alone(vec4 at) {
  if (at.w == 0.0) return ${colour(STAGE)};
  float lit = light(at);
  if (!coloured) return vec3(0.98 * lit);
  return texture(heights, vec2(clamp((at.x - range.x) / max(1e-6, range.y - range.x), 0.002, 0.998), 0.5)).rgb * (0.3 + 0.95 * lit);
}
void main() {
  vec2 pixel = gl_FragCoord.xy - pane.xy;
  vec2 q = vec2(pixel.x - pane.z / 2.0, pane.w / 2.0 - pixel.y) / scale;
  float share = level ? 1.0 - pixel.y / pane.w : pixel.x / pane.z;
  vec3 tone;
  if (shows < 3) tone = alone(seen(shows == 1 || (shows == 2 && share > split), q));
  else {
    vec4 a = seen(false, q);
    vec4 b = seen(true, q);
    if (a.w + b.w == 0.0) tone = ${colour(STAGE)};
    else if (shows == 3) tone = 0.72 * (a.w * light(a) * min(1.0, 2.0 - 2.0 * balance) * ${colour(TINTS[0])} + b.w * light(b) * min(1.0, 2.0 * balance) * ${colour(TINTS[1])});
    else if (a.w * b.w == 0.0) tone = ${colour(ONE_ALONE)};
    else tone = texture(differences, vec2(clamp(0.5 + (a.x - b.x) / (2.0 * span), 0.002, 0.998), 0.5)).rgb;
  }
  painted = vec4(tone, 1.0);
}`;

const SHOWS = { one: 0, other: 1, split: 2, overlay: 3, difference: 4 } as const;
type Gl = WebGL2RenderingContext;

/** The program of the two shaders; null where the browser cannot build it. */
function programOf(gl: Gl): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, CORNERS], [gl.FRAGMENT_SHADER, LOOK]] as const) {
    const shader = gl.createShader(kind);
    if (!shader) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null;
}

/** A picture on a unit of the card: a surface as half floats, which every card can blend between, or a scale of colours. */
function load(gl: Gl, unit: number, wide: number, high: number, texels: Float32Array | Uint8Array): WebGLTexture {
  const texture = gl.createTexture();
  gl.activeTexture(gl.TEXTURE0 + unit);
  gl.bindTexture(gl.TEXTURE_2D, texture);
  if (texels instanceof Float32Array) gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA16F, wide, high, 0, gl.RGBA, gl.FLOAT, texels);
  else gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, wide, high, 0, gl.RGBA, gl.UNSIGNED_BYTE, texels);
  for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE);
  for (const size of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, size, gl.LINEAR);
  return texture;
}

/** Whether no card but the processor does the work. */
function bySoftware(gl: Gl): boolean {
  const told = gl.getExtension('WEBGL_debug_renderer_info');
  return /swiftshader|llvmpipe|softpipe|software/i.test(String(gl.getParameter(told ? told.UNMASKED_RENDERER_WEBGL : gl.RENDERER)));
}

const sized = ({ surface: { columns, rows, step } }: Relief): [number, number] => [columns * step, rows * step];
const circle = (degrees: number): [number, number] => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];

/** The painter with WebGL 2; null where the browser has none. `end` gives the card back what was loaded. */
export function shaderPainter(canvas: HTMLCanvasElement, pair: Pair): Painter | null {
  const gl = canvas.getContext('webgl2', { antialias: false, alpha: false });
  const program = gl && programOf(gl);
  if (!gl || !program) return null;
  const named = new Map<string, WebGLUniformLocation | null>();
  const at = (name: string): WebGLUniformLocation | null => named.get(name) ?? named.set(name, gl.getUniformLocation(program, name)).get(name)!;
  gl.useProgram(program);
  const textures = [pair.one, pair.other].map(({ surface, texels }, unit) => load(gl, unit, surface.columns, surface.rows, texels));
  textures.push(load(gl, 2, 256, 1, HEIGHTS), load(gl, 3, 256, 1, DIFFERENCES));
  ['one', 'other', 'heights', 'differences'].forEach((name, unit) => gl.uniform1i(at(name), unit));
  gl.uniform2f(at('oneSize'), ...sized(pair.one));
  gl.uniform2f(at('otherSize'), ...sized(pair.other));
  gl.uniform2f(at('range'), Math.min(pair.one.low, pair.other.low), Math.max(pair.one.high, pair.other.high));
  gl.enable(gl.SCISSOR_TEST);

  const set = (scene: Scene): void => {
    const { view, pose, light } = scene;
    gl.uniform4f(at('view'), ...circle(view.turn), view.x, view.y);
    gl.uniform4f(at('pose'), ...circle(pose.turn), pose.x, pose.y);
    gl.uniform3f(at('way'), ...lightWay(light));
    gl.uniform2f(at('tilt'), ...circle(scene.tilt));
    const numbers = { scale: view.scale, gain: gainOf(pair, light), lift: scene.lift, split: scene.split, balance: scene.balance, span: scene.range };
    for (const [name, value] of Object.entries(numbers)) gl.uniform1f(at(name), value);
    gl.uniform1i(at('coloured'), Number(scene.coloured));
    gl.uniform1i(at('level'), Number(scene.level));
  };
  const draw = ({ shows, x, y, wide, high }: Pane): void => {
    const bottom = canvas.height - y - high;
    gl.viewport(x, bottom, wide, high);
    gl.scissor(x, bottom, wide, high);
    gl.uniform4f(at('pane'), x, bottom, wide, high);
    gl.uniform1i(at('shows'), SHOWS[shows]);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  };
  const paint = (scene: Scene): void => {
    gl.scissor(0, 0, canvas.width, canvas.height);
    gl.clearColor(STAGE[0] / 255, STAGE[1] / 255, STAGE[2] / 255, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    set(scene);
    for (const pane of panesOf(scene, canvas.width, canvas.height)) draw(pane);
  };
  const end = (): void => { for (const one of textures) gl.deleteTexture(one); gl.deleteProgram(program); };
  return { kind: 'webgl', slow: bySoftware(gl), paint, end };
}
