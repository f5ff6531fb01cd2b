// What Cockpit loads beside its own: a tab that leads to the history of a case.
export default {
  customScripts: ['scripts/audit-tab.js']
};
