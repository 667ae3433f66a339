/** The size of an element as it is now, whole pixels. */
import { useEffect, useState, type RefObject } from 'react';
import type { Size } from './camera.ts';

export function useSize(box: RefObject<HTMLElement | null>): Size | undefined {
  const [size, setSize] = useState<Size>();
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      if (width > 0 && height > 0) setSize((before) => (before && before.width === Math.floor(width) && before.height === Math.floor(height) ? before : { width: Math.floor(width), height: Math.floor(height) }));
    });
    observer.observe(element);
    return () => { observer.disconnect(); };
  }, [box]);
  return size;
}
