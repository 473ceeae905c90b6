"""Forms check the shape of what was typed; whether it may be had is the services' business."""
