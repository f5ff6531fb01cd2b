// A tab "Audit" on each process and each of its instances: the history of the case, running or finished, is one click away.

const ROOT = window.location.pathname.replace(/\/camunda\/app\/.*/, '');

function link(number, text) {
  const anchor = document.createElement('a');
  anchor.href = ROOT + '/audit/cases/' + encodeURIComponent(number);
  anchor.target = '_blank';
  anchor.rel = 'noopener';
  anchor.textContent = text;
  return anchor;
}

function say(container, text) {
  const line = document.createElement('p');
  line.textContent = text;
  container.replaceChildren(line);
}

async function json(address) {
  const answer = await fetch(address, {headers: {Accept: 'application/json'}, credentials: 'same-origin'});
  if (!answer.ok) { throw new Error(answer.status); }
  return answer.json();
}

function table(rows) {
  const list = document.createElement('table');
  list.className = 'table cam-table';
  const head = list.createTHead().insertRow();
  ['Case', 'Began', 'Ended'].forEach(text => {
    const cell = document.createElement('th');
    cell.textContent = text;
    head.append(cell);
  });
  const body = list.createTBody();
  rows.forEach(each => {
    const row = body.insertRow();
    row.insertCell().append(link(each.number, each.number));
    row.insertCell().textContent = new Date(each.startedAt).toLocaleString();
    row.insertCell().textContent = each.endedAt ? new Date(each.endedAt).toLocaleString() : 'runs';
  });
  return list;
}

const ofInstance = {
  id: 'escalation-path.audit.instance',
  pluginPoint: 'cockpit.processInstance.runtime.tab',
  priority: 20,
  properties: {label: 'Audit'},
  render: (container, {processInstanceId, api}) => {
    json(api.engineApi + '/process-instance/' + processInstanceId)
      .then(instance => instance.businessKey
        ? container.replaceChildren(link(instance.businessKey, 'History of ' + instance.businessKey))
        : say(container, 'This process belongs to no case.'))
      .catch(() => say(container, 'The history cannot be shown.'));
  },
  unmount: () => {}
};

const ofDefinition = {
  id: 'escalation-path.audit.definition',
  pluginPoint: 'cockpit.processDefinition.runtime.tab',
  priority: 5,
  properties: {label: 'Audit'},
  render: (container, {processDefinitionId}) => {
    json(ROOT + '/audit/recent?definition=' + encodeURIComponent(processDefinitionId))
      .then(rows => rows.length
        ? container.replaceChildren(table(rows))
        : say(container, 'No case has run under this version yet.'))
      .catch(() => say(container, 'The history is for auditors, process owners and administrators.'));
  },
  unmount: () => {}
};

export default [ofInstance, ofDefinition];
