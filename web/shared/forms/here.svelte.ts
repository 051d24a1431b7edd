/** The post at which reports are written now, for "use my post". Set by the page around the form. */
import type { Post } from '../contract';

class Near {
  post = $state.raw<Post | null>(null);
}
export const near = new Near();
