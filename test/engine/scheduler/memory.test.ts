import { describe, expect, it } from 'vitest';
import { machineMemory } from '../../../app/engine/scheduler/machine-memory.ts';
import { Memory } from '../../../app/engine/scheduler/memory.ts';

describe('headroom', () => {
  it('is the machine less the reserve and all expected peaks', () => {
    const memory = new Memory({ totalMb: 1000, reserveMb: 100 }, () => 0);
    expect(memory.headroomMb([])).toBe(900);
    expect(memory.headroomMb([{ memoryMb: 300, startedAt: 0 }, { memoryMb: 100, startedAt: 0, reportedMb: 250 }])).toBe(350);
  });

  it('counts memory that is taken now and growth that is still to come, not both', () => {
    let now = 0, freeMb = 900;
    const memory = new Memory({ totalMb: 1000, reserveMb: 0, freeMb: () => freeMb }, () => now);
    const job = { memoryMb: 600, startedAt: 0, seconds: 10 };
    expect(memory.headroomMb([job])).toBe(300);
    now = 10;
    freeMb = 350;
    expect(memory.headroomMb([job])).toBe(350);
    now = 20;
    freeMb = 200;
    expect(memory.headroomMb([{ ...job, reportedMb: 500 }])).toBe(100);
  });

  it('asks the system at most ten times a second, unless told that memory was given back', () => {
    let asked = 0, now = 5;
    const memory = new Memory({ totalMb: 1000, freeMb: () => { asked += 1; return 500; } }, () => now);
    for (let index = 0; index < 100; index += 1) memory.headroomMb([]);
    expect(asked).toBe(1);
    memory.expire();
    memory.headroomMb([]);
    now = 5.2;
    memory.headroomMb([]);
    expect(asked).toBe(3);
  });
});

it('this machine has memory, and no more of it free than there is', () => {
  const { totalMb, freeMb } = machineMemory();
  expect(totalMb).toBeGreaterThan(100);
  const free = freeMb?.();
  if (free !== undefined) {
    expect(free).toBeGreaterThan(0);
    expect(free).toBeLessThanOrEqual(totalMb);
  }
});
