// A timer that counts down from what it was loaded with. It has a bug: a load of zero wraps round.
module timer (
  input  wire       clk,
  input  wire       load,
  input  wire [3:0] value,
  output reg  [3:0] left,
  output reg        running
);
  initial begin
    left = 0;
    running = 0;
  end

  always @(posedge clk) begin
    if (load) begin
      left <= value;
      running <= 1;
    end else if (running) begin
      left <= left - 1; // should stop at zero
      running <= left != 1;
    end
  end

`ifdef FORMAL
  reg [3:0] loaded = 0;
  always @(posedge clk) if (load) loaded <= value;

  always @* begin
    // Refuted: load 0, then count to 15.
    never_more: assert (left <= loaded);
    // Bounded to depth 12: nothing else stops it.
    idle_at_zero: assert (running || left == 0 || loaded == 0);
  end
`endif
endmodule
