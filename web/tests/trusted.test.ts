import { describe, expect, it } from 'vitest';
import { ownScript } from '../shared/trusted';

describe('script addresses', () => {
  const origin = 'https://hub.test';
  it('takes the own ones', () => {
    for (const address of ['/field-worker.js', 'assets/w.js', 'https://hub.test/a.js', 'blob:https://hub.test/1-2']) {
      expect(ownScript(address, origin)).toBe(address);
    }
  });
  it('takes no others', () => {
    for (const address of ['//evil.test/a.js', 'https://hub.test.evil/a.js', 'data:text/javascript,1', 'javascript:1', 'blob:https://hub.test.evil/1']) {
      expect(() => ownScript(address, origin)).toThrow(TypeError);
    }
  });
});
