/** What the page says in place of the message of the document. */
export const MessageField = ({ value, onChange }: { value: string; onChange: (message: string) => void }) => (
  <label class="field">
    What the page says (left out: the message of the document)
    <textarea
      name="message"
      rows={3}
      maxLength={2000}
      value={value}
      onInput={({ currentTarget }) => onChange(currentTarget.value)}
    />
  </label>
);
