/**
 * A report page as it will look. It is a stranger's text made into markup: the frame has an origin of its own and runs no
 * script, and the page's own policy, which loads nothing from anywhere, holds in it beside the window's.
 */
import { useEffect, useState } from 'react';

export function PagePreview({ page }: { readonly page: string }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([page], { type: 'text/html' }));
    setAddress(url);
    return () => { URL.revokeObjectURL(url); };
  }, [page]);
  return address === undefined ? null : <iframe className="report-page" title="Preview of the report" sandbox="" src={address} />;
}
