/* Loaded in <head>, before anything shows; plain ES5 for old phones. docs/decisions/0049-twins.md says why each is so. */
(function (d, w, key) {
  function gone() { try { return w.sessionStorage.getItem(key); } catch (e) { return null; } }
  function go() {
    d.documentElement.className = 'gone';
    try { w.sessionStorage.setItem(key, 1); } catch (e) { /* storage is off: the replace below still works */ }
    d.title = '\u200e';
    w.location.replace(d.documentElement.getAttribute('data-leave'));
  }
  function cameBack() {
    var p = w.performance, entry = p && p.getEntriesByType && p.getEntriesByType('navigation')[0];
    return entry ? entry.type === 'back_forward' : !!(p && p.navigation && p.navigation.type === 2);
  }
  function check(back) {
    if (!gone()) return;
    if (back) go(); else w.sessionStorage.removeItem(key);
  }
  check(cameBack());
  w.addEventListener('pageshow', function (e) {
    var ticked = d.querySelectorAll('main input:checked'), n = ticked.length;
    while (n--) ticked[n].checked = ticked[n].defaultChecked;
    if (e.persisted) check(true);
  });
  d.addEventListener('click', function (e) {
    var a = e.target;
    while (a && a !== d && !(a.getAttribute && /(^| )(leave|hush)( |$)/.test(a.getAttribute('class')))) a = a.parentNode;
    if (!a || a === d) return;
    e.preventDefault();
    if (/hush/.test(a.getAttribute('class'))) w.location.replace(a.href); else go();
  });
  d.addEventListener('toggle', function (e) {
    var p = e.target.querySelector('audio');
    if (p) p[e.target.open ? 'play' : 'pause']();
  }, true);
  var times = 0, first = 0;
  d.addEventListener('keyup', function (e) {
    if (e.key !== 'Shift') { times = 0; return; }
    var now = +new Date();
    if (now - first > 5000) times = 0;
    if (!times) first = now;
    if (++times > 2) go();
  });
})(document, window, 'x');
