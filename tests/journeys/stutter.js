// Watches a page from its first line on: long tasks, the time between frames, and when each figure became which number.
(() => {
  const seen = { tasks: [], frames: [], figures: {} };
  window.stutter = seen;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push([startTime, duration]);
  }).observe({ type: 'longtask', buffered: true });
  let last = 0;
  const FIGURES = ['checks-total', 'figure-detection', 'figure-arrest'];
  const frame = (now) => {
    if (last) seen.frames.push(now - last);
    last = now;
    for (const name of FIGURES) {
      const place = document.querySelector(`[data-testid=${name}]`);
      const digits = (place?.querySelector('.big') ?? place)?.textContent.replace(/\D/g, '');
      const known = (seen.figures[name] ??= []);
      if (digits && known.at(-1)?.[1] !== Number(digits)) known.push([Date.now(), Number(digits)]);
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})();
