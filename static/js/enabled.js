// The first thing in the body: tells the style sheet that scripts run.
document.body.classList.add("js-enabled");
