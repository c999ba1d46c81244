/** A column's heading whose remark in brackets stands on a line of its own, so that a long one does not widen its column. */
export const Head = ({ text }: { text: string }) => {
  const at = text.search(/[（(]/);
  if (at <= 0) return <>{text}</>;
  return (
    <>
      <span>{text.slice(0, at).trim()}</span>
      <span>{text.slice(at)}</span>
    </>
  );
};
