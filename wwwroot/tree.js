// The edit tree: arrow keys move through it (parent, child, the rows above and below), X picks for comparing, E edits. Tree/EditTree.razor brings it.
const rows = tree => [...tree.querySelectorAll("[role=treeitem]")];

const go = (tree, row) => {
  if (row) {
    rows(tree).forEach(other => { other.tabIndex = other === row ? 0 : -1; });
    row.focus();
    row.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
};

const child = (all, row) => all.find(other => other.dataset.parent === row.id);
const press = (row, mark) => {
  const button = row.querySelector(mark);
  button?.click();
  return button !== null;
};

// Right unfolds, then goes to the first child; left folds, then goes to the parent.
const moves = {
  ArrowDown: (all, row) => all[all.indexOf(row) + 1],
  ArrowUp: (all, row) => all[all.indexOf(row) - 1],
  Home: all => all[0],
  End: all => all.at(-1),
  ArrowRight: (all, row) => (row.ariaExpanded === "false" && press(row, "[data-fold]") ? null : child(all, row)),
  ArrowLeft: (all, row) => (row.ariaExpanded === "true" && press(row, "[data-fold]") ? null : document.getElementById(row.dataset.parent)),
};

document.addEventListener("keydown", event => {
  const row = event.target.closest?.("[role=tree] [role=treeitem]");
  if (!row || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) {
    return;
  }

  const tree = row.closest("[role=tree]");
  if (moves[event.key]) {
    event.preventDefault();
    event.stopPropagation();
    go(tree, moves[event.key](rows(tree), row));
  } else if (event.key === "x") {
    press(row, "[data-pick]");
  } else if (event.key === "e" && row.href) {
    event.stopPropagation();
    Blazor.navigateTo(`edit/${row.id.slice("node-".length)}`);
  }
}, true);

export const reveal = tree => {
  tree.querySelector("[aria-current=true]")?.scrollIntoView({ block: "center", inline: "nearest" });
  tree.dataset.keys = "ready"; // for whoever must not press one earlier
};
