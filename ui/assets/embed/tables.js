// Rows of a table with its caption and head, all of them the document's own characters.
function rowsOf({ caption, heads, rows }) {
  const text = (cell) => cell.words?.text ?? "";
  const covers = ({ columns, rows }) => ({ ...(columns > 1 && { colspan: String(columns) }), ...(rows > 1 && { rowspan: String(rows) }) });
  const head = (cell) => make(cell.words ? "th" : "td", { ...(cell.words && { scope: cell.columns > 1 ? "colgroup" : "col" }), ...covers(cell) }, text(cell));
  const cell = (one) => one.column === 0 && one.words ? make("th", { scope: "row", ...covers(one) }, text(one)) : make("td", covers(one), text(one));
  const width = String(widthOf({ heads, rows }));
  const group = (one) => make("tr", {}, make("th", { scope: "rowgroup", colspan: width }, one.text));
  const body = rows.flatMap((row, at) => [beginsGroup(rows, at) ? group(row.group) : null, make("tr", {}, ...row.cells.map(cell))]);
  return make("div", { class: "rows", role: "group", tabindex: "0", "aria-label": "Table" }, make("table", {},
    caption ? make("caption", {}, make("span", {}, caption.text)) : null,
    make("thead", {}, ...heads.map((cells) => make("tr", {}, ...cells.map(head)))), make("tbody", {}, ...body)));
}

function widthOf({ heads, rows }) {
  return Math.max(...[...heads, ...rows.map((row) => row.cells)].flat().map(({ column, columns }) => column + columns));
}

function beginsGroup(rows, at) {
  return rows[at].group && rows[at].group.span[0] !== rows[at - 1]?.group?.span[0];
}

// As answer/tables.py writes them: a line for each row, a tab between columns.
function linesOf(table) {
  const width = widthOf(table);
  const line = (cells) => {
    const columns = Array(width).fill("");
    for (const cell of cells) columns[cell.column] = cell.words?.text ?? "";
    return columns.join("\t").replace(/\t+$/, "");
  };
  const rows = table.rows.flatMap((row, at) => [...(beginsGroup(table.rows, at) ? [row.group.text] : []), line(row.cells)]);
  return [...(table.caption ? [table.caption.text] : []), ...table.heads.map(line), ...rows];
}
