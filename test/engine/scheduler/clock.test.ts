import { describe, expect, it } from 'vitest';
import { StandstillWatch, systemClock, type Clock } from '../../../app/engine/scheduler/clock.ts';

describe('a machine that stands still', () => {
  const manual = (): Clock & { monotonic: number; wallClock: number } => ({
    monotonic: 0, wallClock: 1_000_000,
    now() { return this.monotonic; }, wall() { return this.wallClock; }, after: () => () => {},
  });

  it('is seen by the wall clock where the monotonic one halts, and by the monotonic one where it goes on', () => {
    const clock = manual(), watch = new StandstillWatch(clock);
    watch.start();
    clock.monotonic += 1; clock.wallClock += 1;
    expect(watch.jumps).toBe(0);
    clock.monotonic += 1; clock.wallClock += 3600;
    expect(watch.jumps).toBe(1);
    clock.monotonic += 3600; clock.wallClock += 3600;
    expect(watch.jumps).toBe(2);
  });

  it('is not a clock that is set back, nor time before the watch', () => {
    const clock = manual(), watch = new StandstillWatch(clock);
    clock.monotonic += 500; clock.wallClock += 500;
    watch.start();
    clock.monotonic += 1; clock.wallClock -= 7200;
    expect(watch.jumps).toBe(0);
    watch.stop();
    clock.monotonic += 500;
    watch.start();
    expect(watch.jumps).toBe(0);
    watch.stop();
  });
});

it("the system's timers can be taken back and keep nothing alive", async () => {
  let called = 0;
  systemClock.after(0, () => { called += 1; })();
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  expect(called).toBe(0);
  expect(systemClock.wall()).toBeGreaterThan(1.5e9);
});
