/* One question at a time; plain ES5. Nothing is stored or sent, and what was chosen is gone with the page. */
(function (d, w) {
  var checks = [].slice.call(d.querySelectorAll('.check'));
  if (!checks.length) return;
  function make(tag, css, text, click) {
    var one = d.createElement(tag);
    one.className = css;
    if (text) one.textContent = text;
    if (click) { one.type = 'button'; one.addEventListener('click', click); }
    return one;
  }
  function mark(one, css, on) { one.classList[on ? 'add' : 'remove'](css); }
  function all(check, css) { return [].slice.call(check.querySelectorAll(css)); }
  function clear() {
    checks.forEach(function (check) {
      all(check, 'input').forEach(function (one) { one.checked = false; });
      mark(check, 'open', false);
    });
    mark(kinds, 'shut', false);
  }
  var kinds = make('div', 'kinds');
  kinds.appendChild(make('h2', '', checks[0].getAttribute('data-kinds')));
  function set(check) {
    var asks = all(check, '.ask'), way = [], bar = make('p', 'turn'), error = make('p', 'note note-bad');
    var forward = make('button', 'go', check.getAttribute('data-next'), function () {
      var picked = asks[way[way.length - 1] - 1].querySelector('input:checked');
      if (!picked) { error.textContent = check.getAttribute('data-pick'); error.hidden = false; return; }
      way.push(+picked.getAttribute('data-next'));
      draw(true);
    });
    var back = make('button', 'back', check.getAttribute('data-back'), function () {
      way.pop();
      if (way.length) draw(true); else again();
    });
    function again() { clear(); kinds.querySelector('button').focus(); }
    function draw(focus) {
      var now = way[way.length - 1], done = now === 0;
      error.hidden = true;
      mark(check, 'done', done);
      forward.hidden = done;
      asks.forEach(function (ask, at) {
        mark(ask, 'on', at + 1 === now);
        mark(ask, 'was', way.indexOf(at + 1) >= 0);
        all(ask, '.opt').forEach(function (opt) { mark(opt, 'mine', opt.querySelector('input').checked); });
      });
      if (!done) asks[now - 1].parentNode.insertBefore(bar, asks[now - 1].nextSibling);
      else check.appendChild(bar);
      check.insertBefore(error, bar);
      if (focus) (done ? check.querySelector('.was') : asks[now - 1]).focus();
    }
    error.setAttribute('role', 'alert');
    [forward, back, make('button', 'back', check.getAttribute('data-again'), again)].forEach(function (one) { bar.appendChild(one); });
    mark(check, 'js', true);
    kinds.appendChild(make('button', 'kind', check.querySelector('h2').textContent, function () {
      clear();
      way = [1];
      mark(kinds, 'shut', true);
      mark(check, 'open', true);
      draw(true);
    }));
  }
  checks.forEach(set);
  checks[0].parentNode.insertBefore(kinds, checks[0]);
  w.addEventListener('pagehide', clear);
  w.addEventListener('pageshow', clear);
})(document, window);
